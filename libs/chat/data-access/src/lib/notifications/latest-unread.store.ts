import { Service, effect, inject, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { type Failure, type UnreadConversation, readFailure } from '@support-chat/contracts';
import { EMPTY, type Observable, Subject, catchError, defer, switchMap, tap } from 'rxjs';
import { UnreadStore } from '../unread.store';
import { NotificationsApi } from './notifications.api';

/**
 * What waits for the viewer, newest first: provide it where the list is. Asked for anew whenever
 * the count changes; a failure shows in `failure` and leaves the list as it was.
 */
@Service({ autoProvided: false })
export class LatestUnreadStore {
  private readonly api = inject(NotificationsApi);
  private readonly asks = new Subject<void>();
  private readonly list = signal<UnreadConversation[] | null>(null);
  private readonly lastFailure = signal<Failure | null>(null);

  /** Null until it is known. */
  readonly entries = this.list.asReadonly();
  readonly failure = this.lastFailure.asReadonly();

  constructor() {
    this.asks
      .pipe(
        switchMap(() => this.load()),
        takeUntilDestroyed(),
      )
      .subscribe();
    const { count } = inject(UnreadStore);
    effect(() => {
      count();
      untracked(() => {
        this.reload();
      });
    });
  }

  reload(): void {
    this.asks.next();
  }

  private load(): Observable<unknown> {
    return defer(() => this.api.latestUnread()).pipe(
      tap(({ results }) => {
        this.list.set(results);
        this.lastFailure.set(null);
      }),
      catchError((error: unknown) => {
        this.lastFailure.set(readFailure(error));
        return EMPTY;
      }),
    );
  }
}
