import { Service, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { EMPTY, Subject, merge, switchMap, tap } from 'rxjs';
import { ChatApi } from './chat.api';
import { SocketNudges } from './live/socket-nudges';
import { ChatSocket, type SocketEvent } from './socket/chat.socket';
import { SharedPoller } from './tabs/shared-poller';
import { CHAT_VIEWER, type Viewer } from './viewer';

/**
 * How many messages wait for the viewer: the one number behind bell, title and icon (ux-13).
 * Kept up to date from its first use; keeps the last known number while the server is away.
 */
@Service()
export class UnreadStore {
  private readonly api = inject(ChatApi);
  private readonly shared = inject(SharedPoller);
  private readonly socket = inject(ChatSocket);
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly person = computed(() => this.viewer(), { equal: isSame });
  private readonly nudges = new SocketNudges(this.socket);
  private readonly refreshes = new Subject<void>();
  private readonly number = signal<number | null>(null);

  /** Something was read or arrived, though the number may be the same after it. */
  readonly refreshes$ = this.refreshes.asObservable();
  readonly count = computed(() => this.number() ?? 0);
  /** Whether the server has said it for this viewer. */
  readonly isKnown = computed(() => this.number() !== null);

  constructor() {
    toObservable(this.person)
      .pipe(
        tap(() => {
          this.number.set(null);
        }),
        switchMap((person) => (person ? this.follow(person) : EMPTY)),
        takeUntilDestroyed(),
      )
      .subscribe();
  }

  /** Asks now: something was read or arrived. */
  refresh(): void {
    this.refreshes.next();
  }

  private follow({ role }: Viewer) {
    let etag: string | null = null;
    // A student's page listens to the conversation anyway.
    const events$ = role === 'admin' ? this.socket.inbox() : this.socket.events$;
    return this.shared
      .poll({
        name: 'unread',
        ask: () => this.api.unreadCount(etag),
        nudge$: merge(this.refreshes, this.nudges.nudge$),
        version: () => `${this.count()}`,
        ...this.nudges.part(events$, (event) => this.isNews(event)),
      })
      .pipe(
        tap((outcome) => {
          if (!outcome.ok || outcome.value === null) return;
          etag = outcome.value.etag;
          this.number.set(outcome.value.body.unread_count);
        }),
      );
  }

  private isNews(event: SocketEvent): boolean {
    if (event.type === 'inbox') return event.unread_count !== this.count();
    return event.type === 'updates' && event.conversation.unread_count !== this.count();
  }
}

function isSame(a: Viewer | null, b: Viewer | null): boolean {
  return a?.id === b?.id && a?.role === b?.role;
}
