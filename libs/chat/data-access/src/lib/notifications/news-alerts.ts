import { Service, computed, inject } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import type { UnreadConversation } from '@support-chat/contracts';
import {
  EMPTY,
  type Observable,
  catchError,
  defer,
  delay,
  exhaustMap,
  filter,
  finalize,
  from,
  pairwise,
  switchMap,
  throttleTime,
  timeout,
} from 'rxjs';
import { Receipts } from '../receipts';
import { Tabs } from '../tabs/tabs';
import { UnreadStore } from '../unread.store';
import { CHAT_VIEWER } from '../viewer';
import { AlertSound } from './alert-sound';
import { NotificationPreferencesStore } from './notification-preferences.store';
import { NotificationsApi } from './notifications.api';
import { isQuiet } from './quiet-hours';

/** Time for a message that comes into an open conversation to be seen there. */
const SEEN_WITHIN_MS = 400;
const AT_MOST_EVERY_MS = 3_000;
/** A browser may keep a sound waiting for ever; the next news must not wait with it. */
const TOLD_WITHIN_MS = 2_000;
const THROTTLE = { leading: true, trailing: true };

/**
 * Makes a sound when something new waits (ux-42): in one tab only, and neither for what is being
 * read nor in quiet hours. Works as long as it lives, once the person has touched the page.
 */
@Service()
export class NewsAlerts {
  private readonly api = inject(NotificationsApi);
  private readonly preferences = inject(NotificationPreferencesStore);
  private readonly receipts = inject(Receipts);
  private readonly sound = inject(AlertSound);
  private readonly tabs = inject(Tabs);
  private readonly unread = inject(UnreadStore);
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly listenerId = computed(() =>
    this.sound.isReady() ? (this.viewer()?.id ?? null) : null,
  );
  private readonly count$ = toObservable(
    computed(() => (this.unread.isKnown() ? this.unread.count() : null)),
  );
  /** The newest message that was told of. */
  private toldId = 0;

  constructor() {
    toObservable(this.listenerId)
      .pipe(
        switchMap((id) => (id === null ? EMPTY : this.listen())),
        takeUntilDestroyed(),
      )
      .subscribe();
  }

  /** Only tabs that can be heard take part in choosing the one that is. */
  private listen(): Observable<unknown> {
    return defer(() => {
      const turn = this.tabs.turn('sound', () => ({ version: 0, note: null }));
      return this.count$.pipe(
        pairwise(),
        // What waits when the page is opened is no news.
        filter(([before, now]) => before !== null && now !== null && now > before),
        filter(() => turn.isMine()),
        throttleTime(AT_MOST_EVERY_MS, undefined, THROTTLE),
        delay(SEEN_WITHIN_MS),
        switchMap(() => this.ask()),
        exhaustMap(({ results }) => this.tryToTell(results)),
        finalize(() => {
          turn.leave();
        }),
      );
    });
  }

  private ask() {
    // Without an answer there is nothing to tell of; the connection's state shows elsewhere.
    return this.api.latestUnread().pipe(catchError(() => EMPTY));
  }

  /** What cannot be heard ends nothing: the next news is told of again. */
  private tryToTell(unread: readonly UnreadConversation[]): Observable<void> {
    return from(this.tell(unread)).pipe(
      timeout(TOLD_WITHIN_MS),
      catchError(() => EMPTY),
    );
  }

  private async tell(unread: readonly UnreadConversation[]): Promise<void> {
    const ids = unread.map(({ message }) => message.id);
    const newest = Math.max(0, ...ids.filter((id) => !this.receipts.hasSeen(id)));
    if (newest <= this.toldId) return;
    this.toldId = newest;
    if (!this.preferences.current()) await this.preferences.load();
    const preferences = this.preferences.current();
    if (preferences?.sound === true && !isQuiet(preferences, new Date())) await this.sound.play();
  }
}
