import { DOCUMENT, Service, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Subject, fromEvent, merge, startWith, switchMap, tap, throttleTime, timer } from 'rxjs';

/** How closely the person looks at the page. */
export type AttentionLevel = 'active' | 'idle' | 'hidden';

const IDLE_AFTER_MS = 60_000;
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'];

/** Knows how closely the person looks, and says when there is a reason to ask the server at once. */
@Service()
export class Attention {
  private readonly document = inject(DOCUMENT);
  private readonly isHidden = signal(this.document.hidden);
  private readonly isIdle = signal(false);
  private readonly wakes = new Subject<void>();

  readonly level = computed<AttentionLevel>(() =>
    this.isHidden() ? 'hidden' : this.isIdle() ? 'idle' : 'active',
  );

  /** The person came back, the network came or went, or somebody called `wake`. */
  readonly wake$ = this.wakes.asObservable();

  constructor() {
    merge(this.watchVisibility(), this.watchInput(), this.watchNetwork())
      .pipe(takeUntilDestroyed())
      .subscribe();
  }

  wake(): void {
    this.wakes.next();
  }

  private watchVisibility() {
    return fromEvent(this.document, 'visibilitychange').pipe(
      tap(() => {
        this.isHidden.set(this.document.hidden);
        if (!this.document.hidden) this.wake();
      }),
    );
  }

  private watchInput() {
    const options = { capture: true, passive: true };
    const inputs = INPUTS.map((name) => fromEvent(this.document, name, options));
    return merge(...inputs).pipe(
      throttleTime(1000),
      startWith(null),
      tap(() => {
        const isBack = this.isIdle();
        this.isIdle.set(false);
        if (isBack) this.wake();
      }),
      switchMap(() => timer(IDLE_AFTER_MS)),
      tap(() => {
        this.isIdle.set(true);
      }),
    );
  }

  /** Going offline is a reason too: the next question fails at once, and that shows. */
  private watchNetwork() {
    return merge(fromEvent(globalThis, 'online'), fromEvent(globalThis, 'offline')).pipe(
      tap(() => {
        this.wake();
      }),
    );
  }
}
