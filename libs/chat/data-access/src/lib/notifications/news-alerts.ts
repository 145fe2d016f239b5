import { Service, computed, inject } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import type { LatestUnread } from '@support-chat/contracts';
import {
  BehaviorSubject,
  EMPTY,
  type Observable,
  auditTime,
  catchError,
  concatMap,
  defer,
  exhaustMap,
  filter,
  finalize,
  first,
  forkJoin,
  from,
  ignoreElements,
  merge,
  switchMap,
  tap,
  throttle,
  timeout,
  timer,
} from 'rxjs';
import { Receipts } from '../receipts';
import { ChatSocket, type SocketEvent } from '../socket/chat.socket';
import type { TabTurn } from '../tabs/tab-turn';
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
 *
 * News is a message newer than any that was told of. Their number alone would hide one that comes
 * as another is read, so whatever may have brought one is a reason to ask.
 */
@Service()
export class NewsAlerts {
  private readonly api = inject(NotificationsApi);
  private readonly preferences = inject(NotificationPreferencesStore);
  private readonly receipts = inject(Receipts);
  private readonly socket = inject(ChatSocket);
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
  private readonly isAsking = new BehaviorSubject(false);
  /** How many waited when listening began: they are no news. */
  private countAtStart: number | null = null;
  /** The newest message that was told of or is no news, in any tab; null until it is known. */
  private toldId: number | null = null;

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
      this.countAtStart = null;
      this.toldId = null;
      const turn = this.tabs.turn('sound', () => ({ version: this.toldId, note: null }));
      const told$ = this.reasons(turn).pipe(
        filter(() => turn.isMine() && this.unread.count() > 0),
        auditTime(SEEN_WITHIN_MS),
        throttle(() => this.untilNextQuestion(), THROTTLE),
        concatMap(() => this.ask()),
        filter((answer) => this.noteNews(answer)),
        tap(() => {
          turn.tell();
        }),
        exhaustMap(() => this.tryToTell()),
      );
      return merge(told$, this.heard(turn)).pipe(
        finalize(() => {
          turn.leave();
        }),
      );
    });
  }

  /** All that may bring a message, however it comes. */
  private reasons(turn: TabTurn<null>): Observable<unknown> {
    const counted$ = this.count$.pipe(
      tap((count) => {
        this.countAtStart ??= count;
        if (count === 0) this.toldId ??= 0;
      }),
    );
    const pushed$ = this.socket.events$.pipe(filter(tellsOfUnread));
    return merge(counted$, this.unread.refreshes$, pushed$, turn.taken$);
  }

  /** Whose turn comes next goes on from there. */
  private heard(turn: TabTurn<null>): Observable<never> {
    return turn.heard$.pipe(
      tap(({ version }) => {
        if (typeof version === 'number') this.toldId = Math.max(version, this.toldId ?? 0);
      }),
      ignoreElements(),
    );
  }

  private ask(): Observable<LatestUnread> {
    this.isAsking.next(true);
    return this.api.latestUnread().pipe(
      // Without an answer there is nothing to tell of; the connection's state shows elsewhere.
      catchError(() => EMPTY),
      finalize(() => {
        this.isAsking.next(false);
      }),
    );
  }

  /** On a slow line an answer is waited for: news that goes on would hold it up for ever. */
  private untilNextQuestion(): Observable<unknown> {
    return forkJoin([timer(AT_MOST_EVERY_MS), this.isAsking.pipe(first((isAsking) => !isAsking))]);
  }

  /** Whether something is news; it is none from then on. */
  private noteNews({ unread_count: count, results }: LatestUnread): boolean {
    const ids = results.map(({ message }) => message.id);
    const newest = Math.max(0, ...ids.filter((id) => !this.receipts.hasSeen(id)));
    const isNews = this.toldId === null ? count > (this.countAtStart ?? 0) : newest > this.toldId;
    this.toldId = Math.max(newest, this.toldId ?? 0);
    return isNews;
  }

  /** What cannot be heard ends nothing: the next news is told of again. */
  private tryToTell(): Observable<void> {
    return from(this.tell()).pipe(
      timeout(TOLD_WITHIN_MS),
      catchError(() => EMPTY),
    );
  }

  private async tell(): Promise<void> {
    if (!this.preferences.current()) await this.preferences.load();
    const preferences = this.preferences.current();
    if (preferences?.sound === true && !isQuiet(preferences, new Date())) await this.sound.play();
  }
}

function tellsOfUnread(event: SocketEvent): boolean {
  return 'conversation' in event && event.conversation.unread_count > 0;
}
