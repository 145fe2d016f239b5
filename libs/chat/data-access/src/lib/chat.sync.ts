import { Service, inject } from '@angular/core';
import {
  ANSWER_WITHIN_MS,
  isFinalFailure,
  type Message,
  type Updates,
} from '@support-chat/contracts';
import {
  EMPTY,
  type Observable,
  Subject,
  concatMap,
  defer,
  finalize,
  of,
  takeWhile,
  timeout,
} from 'rxjs';
import { ChatApi } from './chat.api';
import { type ConversationTarget, ConversationLoader } from './conversation.loader';
import type { ConversationValue } from './fold-updates';
import { type PollOutcome, Poller } from './poller';
import type { Company } from './live/company';
import { ChatSocket, type SocketEvent } from './socket/chat.socket';
import { SharedPoller } from './tabs/shared-poller';
import type { Viewer } from './viewer';

/** Owns the time of one conversation: when it is loaded and when it is asked for changes. */
@Service()
export class ChatSync {
  private readonly api = inject(ChatApi);
  private readonly loader = inject(ConversationLoader);
  private readonly poller = inject(Poller);
  private readonly shared = inject(SharedPoller);
  private readonly socket = inject(ChatSocket);

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
   * Every answer of `updates`, polled or pushed, until one says that there is nothing to follow
   * any more: the conversation is gone, or must be loaded afresh (`resync`).
   */
  follow(
    id: number,
    after: () => number,
    company: Company,
  ): Observable<PollOutcome<Updates | null>> {
    return defer(() => {
      const doubts = new Subject<void>();
      return this.shared.poll({
        name: `conversation.${id}`,
        ask: () => this.api.updates(id, after()),
        hasMore: (updates: Updates | null) => updates?.more === true,
        nudge$: doubts,
        version: after,
        feed$: this.pushed(id, after, company, doubts),
        isFed: company.liveness.now,
        note: () => company.note(),
        noted$: company.noted$,
        heed: (note) => {
          company.adopt(note);
        },
      });
    }).pipe(takeWhile((outcome) => !isResync(outcome) && !isFinal(outcome), true));
  }

  /** What the socket brings that continues what is held; anything else is a reason to poll. */
  private pushed(
    id: number,
    after: () => number,
    company: Company,
    doubts: Subject<void>,
  ): Observable<Updates> {
    const isLive = company.liveness.now;
    const fold = (event: SocketEvent): Observable<Updates> => {
      if (event.type === 'presence' || event.type === 'typing') company.hear(event);
      if (event.type === 'updates') {
        isLive.set(true);
        if (event.from <= after()) return of(event);
        doubts.next();
      } else if (event.type === 'lost' || event.type === 'error') {
        isLive.set(false);
        doubts.next();
      }
      return EMPTY;
    };
    return defer(() => {
      isLive.set(false);
      return this.socket.conversation(id, after).pipe(concatMap(fold));
    }).pipe(
      finalize(() => {
        isLive.set(false);
      }),
    );
  }
}

export function isResync(outcome: PollOutcome<unknown>): boolean {
  return !outcome.ok && outcome.failure.code === 'resync';
}

export function isFinal(outcome: PollOutcome<unknown>): boolean {
  return !outcome.ok && isFinalFailure(outcome.failure);
}
