import { Service, inject } from '@angular/core';
import type { Message, Updates } from '@support-chat/contracts';
import { type Observable, takeWhile, timeout } from 'rxjs';
import { ChatApi } from './chat.api';
import { type ConversationTarget, ConversationLoader } from './conversation.loader';
import type { ConversationValue } from './fold-updates';
import { type PollOutcome, Poller } from './poller';
import type { Viewer } from './viewer';

const ANSWER_WITHIN_MS = 30_000;

/** Answers that another try would not change. */
const FINAL: ReadonlySet<number> = new Set([400, 403, 404]);

/** Owns the time of one conversation: when it is loaded and when it is asked for changes. */
@Service()
export class ChatSync {
  private readonly api = inject(ChatApi);
  private readonly loader = inject(ConversationLoader);
  private readonly poller = inject(Poller);

  /** Tries until it is loaded or cannot be; each failure on the way shows as an outcome. */
  load(target: ConversationTarget, viewer: Viewer): Observable<PollOutcome<ConversationValue>> {
    return this.poller
      .poll({ ask: () => this.loader.load(target, viewer) })
      .pipe(takeWhile((outcome) => !outcome.ok && !isFinal(outcome), true));
  }

  /** The page of history before what is held. */
  older(value: ConversationValue): Observable<Message[]> {
    return this.loader.older(value).pipe(timeout(ANSWER_WITHIN_MS));
  }

  /**
   * Every poll of `updates` until one says that there is nothing to follow any more: the
   * conversation is gone, or must be loaded afresh (`resync`).
   */
  follow(id: number, after: () => number): Observable<PollOutcome<Updates | null>> {
    return this.poller
      .poll({
        ask: () => this.api.updates(id, after()),
        hasMore: (updates) => updates?.more === true,
      })
      .pipe(takeWhile((outcome) => !isResync(outcome) && !isFinal(outcome), true));
  }
}

export function isResync(outcome: PollOutcome<unknown>): boolean {
  return !outcome.ok && outcome.failure.code === 'resync';
}

export function isFinal(outcome: PollOutcome<unknown>): boolean {
  return !outcome.ok && FINAL.has(outcome.failure.status);
}
