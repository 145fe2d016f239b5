import { Service, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { EMPTY, Subject, switchMap, tap } from 'rxjs';
import { ChatApi } from './chat.api';
import { Poller } from './poller';
import { CHAT_VIEWER } from './viewer';

/**
 * How many messages wait for the viewer: the one number behind bell, title and icon (ux-13).
 * Kept up to date from its first use; keeps the last known number while the server is away.
 */
@Service()
export class UnreadStore {
  private readonly api = inject(ChatApi);
  private readonly poller = inject(Poller);
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly viewerId = computed(() => this.viewer()?.id ?? null);
  private readonly nudge = new Subject<void>();
  private readonly number = signal(0);

  readonly count = this.number.asReadonly();

  constructor() {
    toObservable(this.viewerId)
      .pipe(
        tap(() => {
          this.number.set(0);
        }),
        switchMap((id) => (id === null ? EMPTY : this.follow())),
        takeUntilDestroyed(),
      )
      .subscribe();
  }

  /** Asks now: something was read or arrived. */
  refresh(): void {
    this.nudge.next();
  }

  private follow() {
    let etag: string | null = null;
    return this.poller.poll({ ask: () => this.api.unreadCount(etag), nudge$: this.nudge }).pipe(
      tap((outcome) => {
        if (!outcome.ok || outcome.value === null) return;
        etag = outcome.value.etag;
        this.number.set(outcome.value.body.unread_count);
      }),
    );
  }
}
