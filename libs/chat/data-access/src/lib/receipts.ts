import { Service, computed, inject, linkedSignal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  ANSWER_WITHIN_MS,
  isFinalFailure,
  type Message,
  readFailure,
} from '@support-chat/contracts';
import {
  EMPTY,
  type Observable,
  Subject,
  catchError,
  debounceTime,
  exhaustMap,
  expand,
  of,
  tap,
  timeout,
} from 'rxjs';
import { ChatApi } from './chat.api';
import { ReceiptBook } from './receipt-book';
import { UnreadStore } from './unread.store';
import { CHAT_VIEWER } from './viewer';

/** Time for a shown message to be reported as read, which says more than delivered. */
const DELIVERED_AFTER_MS = 1_500;

/**
 * Tells the server what was read and what arrived, by id, so that nothing unseen is ever marked.
 * Quiet on failure: `retry` tells again what was not heard.
 */
@Service()
export class Receipts {
  private readonly api = inject(ChatApi);
  private readonly unread = inject(UnreadStore);
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly viewerId = computed(() => this.viewer()?.id ?? null);
  /** Of the viewer alone: nobody tells what somebody else saw in this tab. */
  private readonly book = linkedSignal({
    source: this.viewerId,
    computation: () => new ReceiptBook(),
  });
  private readonly reads = new Subject<void>();
  private readonly arrivals = new Subject<void>();

  /** The newest message of the conversation that was last seen to its end in this tab. */
  readonly lastSeen = computed(() => this.book().lastSeen());

  constructor() {
    this.reads
      .pipe(
        exhaustMap(() => this.tellAll(() => this.tellRead())),
        takeUntilDestroyed(),
      )
      .subscribe();
    this.arrivals
      .pipe(
        debounceTime(DELIVERED_AFTER_MS),
        exhaustMap(() => this.tellAll(() => this.tellDelivered())),
        takeUntilDestroyed(),
      )
      .subscribe();
  }

  /** A conversation was seen up to its newest message, and so what is unread in it. */
  seen(newest: Message, unread: readonly Message[]): void {
    this.book().see(newest, unread);
    this.reads.next();
  }

  /** Whether it was seen in this tab, also while the server has not heard of it. */
  hasSeen(messageId: number): boolean {
    return this.book().hasSeen(messageId);
  }

  /** These messages of the other side are held by this client. */
  arrived(messages: readonly Message[]): void {
    if (!this.book().hold(messages)) return;
    this.unread.refresh();
    this.arrivals.next();
  }

  retry(): void {
    this.reads.next();
    if (this.book().toDeliver()) this.arrivals.next();
  }

  /** One call after the other, until there is nothing to tell or one fails. */
  private tellAll(next: () => Observable<unknown>): Observable<unknown> {
    return of(null).pipe(
      expand(next),
      catchError(() => EMPTY), // Told again by `retry`, with the next sync.
    );
  }

  private tellRead(): Observable<unknown> {
    const book = this.book();
    if (!book.hasToRead()) return EMPTY;
    const ids = book.nextToRead();
    return this.api.markRead({ message_ids: ids }).pipe(
      timeout(ANSWER_WITHIN_MS),
      tap(() => {
        book.settleRead(ids);
        this.unread.refresh();
      }),
      onRefusal(() => {
        book.refuseRead(ids);
      }),
    );
  }

  private tellDelivered(): Observable<unknown> {
    const book = this.book();
    const newest = book.toDeliver();
    if (!newest) return EMPTY;
    return this.api.delivered(newest.conversation_id, { seq: newest.seq }).pipe(
      timeout(ANSWER_WITHIN_MS),
      tap(() => {
        book.settleDelivered(newest);
      }),
      onRefusal(() => {
        book.settleDelivered(newest);
      }),
    );
  }
}

/** The server will always refuse it: that is an answer too. */
function onRefusal<T>(note: () => void) {
  return catchError<T, Observable<null>>((error: unknown) => {
    if (!isFinalFailure(readFailure(error))) throw error;
    note();
    return of(null);
  });
}
