import { Service, inject } from '@angular/core';
import { LIMITS, type Message } from '@support-chat/contracts';
import { type Observable, expand, last, map, of, switchMap, EMPTY } from 'rxjs';
import { ChatApi } from './chat.api';
import { type ConversationValue, foldHistory, startValue } from './fold-updates';
import { isUnreadFor, type Viewer } from './viewer';

/** Which conversation to open: one by its id, or the caller's own, ended or not. */
export type ConversationTarget = number | 'mine';

const FIRST_PAGE = 50;

/** Loads conversations: the newest messages first, and at once all that are unread. */
@Service()
export class ConversationLoader {
  private readonly api = inject(ChatApi);

  /**
   * The conversation is read before its messages: what changes in between has a later revision
   * and comes with the first updates.
   */
  load(target: ConversationTarget, viewer: Viewer): Observable<ConversationValue> {
    const conversation$ =
      target === 'mine' ? this.api.myConversation() : this.api.conversation(target);
    return conversation$.pipe(
      map(startValue),
      switchMap((start) => this.backTo(start, viewer)),
    );
  }

  older(value: ConversationValue): Observable<Message[]> {
    return this.page(value, FIRST_PAGE);
  }

  private backTo(start: ConversationValue, viewer: Viewer): Observable<ConversationValue> {
    const grow = (value: ConversationValue): Observable<ConversationValue> => {
      const isStart = value === start;
      if (value.fromSeq <= 1 || (!isStart && holdsUnread(value, viewer))) return EMPTY;
      const size = isStart ? FIRST_PAGE : LIMITS.pageSizeMax;
      return this.page(value, size).pipe(map((page) => foldHistory(value, page)));
    };
    return of(start).pipe(expand(grow), last());
  }

  private page(value: ConversationValue, size: number): Observable<Message[]> {
    return this.api.history(value.conversation.id, value.fromSeq, size);
  }
}

/** Whether the first unread message is among those held. */
function holdsUnread(value: ConversationValue, viewer: Viewer): boolean {
  const held = [...value.messages.values()].filter((message) => isUnreadFor(viewer, message));
  return held.length >= value.conversation.unread_count;
}
