import { Service, computed, inject } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import {
  ANSWER_WITHIN_MS,
  type Failure,
  type FailureCode,
  type Message,
  inOneTab,
  readFailure,
} from '@support-chat/contracts';
import {
  type Observable,
  Subject,
  exhaustMap,
  filter,
  firstValueFrom,
  merge,
  race,
  take,
  timeout,
  timer,
} from 'rxjs';
import { Attention } from './attention';
import { ChatApi } from './chat.api';
import { Outbox } from './outbox';
import { POLL_TIMES } from './poller';
import { CHAT_VIEWER } from './viewer';

const BACK_OFF_FIRST_MS = 1_000;

/** Failures that pass by themselves; any other is for the person to look at. */
const TEMPORARY: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'unreachable',
  'unavailable',
  'outcome_unknown',
  'rate_limited',
  'unauthenticated',
  'token_expired',
]);

/**
 * Sends the outbox in order, one message at a time in this browser. A temporary failure is
 * retried until it passes, with the same id, so nothing is stored twice; any other is noted on
 * the message, and the next one is sent.
 */
@Service()
export class OutboxSender {
  private readonly api = inject(ChatApi);
  private readonly outbox = inject(Outbox);
  private readonly attention = inject(Attention);
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly backOffMaxMs = inject(POLL_TIMES).backOffMaxMs;
  private readonly accepted = new Subject<Message>();
  private readonly hasWork = computed(() => this.outbox.entries().some(isWaiting));

  /** Messages as the server stored them, just before they leave the outbox. */
  readonly accepted$ = this.accepted.asObservable();

  constructor() {
    merge(toObservable(this.outbox.entries), this.attention.wake$)
      .pipe(
        filter(() => this.hasWork()),
        exhaustMap(() => this.drain()),
        takeUntilDestroyed(),
      )
      .subscribe();
  }

  private async drain(): Promise<void> {
    let failures = 0;
    while (this.hasWork()) {
      const failure = await this.sendAlone();
      failures = failure ? failures + 1 : 0;
      if (failure) await firstValueFrom(this.pause(failure, failures));
    }
  }

  /** While no other tab of this person sends. What the browser refuses is tried again, too. */
  private async sendAlone(): Promise<Failure | null> {
    try {
      return await inOneTab(`sc.outbox.${this.viewer()?.id ?? 0}`, () => this.sendNext());
    } catch (error) {
      return readFailure(error);
    }
  }

  /** Null when it is dealt with, else the temporary failure. */
  private async sendNext(): Promise<Failure | null> {
    this.outbox.refresh(); // Another tab may have sent it while this one waited for the lock.
    const entry = this.outbox.next();
    if (!entry) return null;
    const { content, attachment, clientId } = entry;
    const body = {
      content,
      client_message_id: clientId,
      ...(attachment && { attachment_id: attachment.id }),
    };
    try {
      const answer = this.api.send(entry.conversationId, body).pipe(timeout(ANSWER_WITHIN_MS));
      this.accepted.next(await firstValueFrom(answer));
      this.outbox.remove(entry.clientId);
      return null;
    } catch (error) {
      const failure = readFailure(error);
      if (TEMPORARY.has(failure.code)) return failure;
      this.outbox.fail(entry.clientId, failure);
      return null;
    }
  }

  /** Until the next attempt: a back-off that a wake cuts short, or the server's `Retry-After`. */
  private pause(failure: Failure, failures: number): Observable<unknown> {
    if (failure.retryAfterSeconds !== null) return timer(failure.retryAfterSeconds * 1000);
    const backOff = Math.min(BACK_OFF_FIRST_MS * 2 ** (failures - 1), this.backOffMaxMs);
    const spread = backOff * (0.75 + Math.random() / 2);
    return race(timer(spread), this.attention.wake$).pipe(take(1));
  }
}

function isWaiting({ state }: { state: string }): boolean {
  return state === 'sending';
}
