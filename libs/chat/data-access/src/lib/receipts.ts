import { Service, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  ANSWER_WITHIN_MS,
  isFinalFailure,
  LIMITS,
  type Message,
  MESSAGE_STATUSES,
  readFailure,
} from '@support-chat/contracts';
import {
  EMPTY,
  type Observable,
  Subject,
  catchError,
  debounceTime,
  defer,
  exhaustMap,
  of,
  repeat,
  tap,
  timeout,
} from 'rxjs';
import { ChatApi } from './chat.api';
import { UnreadStore } from './unread.store';

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
  private readonly newestSeen = signal<Message | null>(null);
  private readonly reads = new Subject<void>();
  private readonly arrivals = new Subject<void>();
  private readonly toRead = new Set<number>();
  private readonly told = new Set<number>();
  private newest: Message | null = null;
  /** The `seq` told as delivered, by conversation. */
  private readonly delivered = new Map<number, number>();

  /** The newest message of the conversation that was last seen to its end in this tab. */
  readonly lastSeen = this.newestSeen.asReadonly();

  constructor() {
    this.reads
      .pipe(
        exhaustMap(() => this.tellRead()),
        takeUntilDestroyed(),
      )
      .subscribe();
    this.arrivals
      .pipe(
        debounceTime(DELIVERED_AFTER_MS),
        exhaustMap(() => this.tellDelivered()),
        takeUntilDestroyed(),
      )
      .subscribe();
  }

  /** A conversation was seen up to its newest message, and so what is unread in it. */
  seen(newest: Message, unread: readonly Message[]): void {
    for (const { id } of unread) if (!this.told.has(id)) this.toRead.add(id);
    this.newestSeen.set(newest);
    this.retry();
  }

  /** Whether it was seen in this tab, also while the server has not heard of it. */
  hasSeen(messageId: number): boolean {
    return this.told.has(messageId) || this.toRead.has(messageId);
  }

  /** These messages of the other side are held by this client. */
  arrived(messages: readonly Message[]): void {
    const newest = messages.findLast(
      ({ status, id }) => status === MESSAGE_STATUSES.sent && !this.told.has(id),
    );
    if (newest && newest.id !== this.newest?.id) {
      this.unread.refresh();
      this.arrivals.next();
    }
    this.newest = newest ?? null;
  }

  retry(): void {
    if (this.toRead.size > 0) this.reads.next();
  }

  private tellRead(): Observable<unknown> {
    return defer(() => this.tellSomeRead()).pipe(
      repeat({ delay: () => (this.toRead.size > 0 ? of(null) : EMPTY) }),
      catchError(() => EMPTY), // Told again by `retry`, with the next sync.
    );
  }

  private tellSomeRead(): Observable<unknown> {
    const ids = [...this.toRead].slice(0, LIMITS.markReadIdsMax);
    const settle = () => {
      for (const id of ids) {
        this.toRead.delete(id);
        this.told.add(id);
      }
    };
    return this.api.markRead({ message_ids: ids }).pipe(
      timeout(ANSWER_WITHIN_MS),
      tap({
        next: () => {
          settle();
          this.unread.refresh();
        },
        error: (error: unknown) => {
          if (isFinalFailure(readFailure(error))) settle();
        },
      }),
    );
  }

  private tellDelivered(): Observable<unknown> {
    if (!this.newest) return EMPTY;
    const { conversation_id: id, seq } = this.newest;
    if (seq <= (this.delivered.get(id) ?? 0)) return EMPTY;
    return this.api.delivered(id, { seq }).pipe(
      timeout(ANSWER_WITHIN_MS),
      tap(() => this.delivered.set(id, seq)),
      catchError(() => EMPTY), // The next arrival says it again, and `read` says more.
    );
  }
}
