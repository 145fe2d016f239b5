import { signal } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { EMPTY, switchMap, timer } from 'rxjs';

/** Whether news is pushed, as far as a person needs to know. */
export type Pushed = 'unknown' | 'yes' | 'no';

/** A gap shorter than this is not worth a word: polls fill it. */
const GRACE_MS = 5_000;

/** Whether the news of one question is pushed: now, and as shown without flicker. */
export class Liveness {
  private readonly word = signal<Pushed>('unknown');

  /** Now; set by whoever hears the socket, or the tab that does. */
  readonly now = signal(false);
  readonly shown = this.word.asReadonly();

  /** Made in an injection context. */
  constructor() {
    toObservable(this.now)
      .pipe(
        switchMap((isLive) => {
          if (!isLive) return timer(GRACE_MS);
          this.word.set('yes');
          return EMPTY;
        }),
        takeUntilDestroyed(),
      )
      .subscribe(() => {
        this.word.set('no');
      });
  }
}
