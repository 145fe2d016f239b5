import { Injectable } from '@nestjs/common';
import type { CursorPage, Message, MessageType, Page } from '@support-chat/contracts';
import type { Caller } from '../../auth';
import { NewsBus } from '../../platform/bus/news-bus';
import { Database } from '../../platform/database/database';
import { violatedUniqueKey } from '../../platform/database/pg-errors';
import { ProblemError } from '../../platform/http/problem.error';
import { Metrics } from '../../platform/metrics/metrics';
import type { AccessedConversation } from '../access/conversation-access';
import { CONVERSATION_NEWS } from '../conversations/conversation.topic';
import { toMessage, type MessageRow } from './message.row';
import { attachmentUsed } from '../attachments/attachment-used';
import {
  ATTACHMENT_STATE,
  MESSAGE_BY_CLIENT_ID,
  MESSAGE_PAGE,
  MESSAGES_BEFORE,
  type MessagePageRow,
  type SentRow,
} from './message.statements';
import { MessageStore } from './message-store';
import { SendLimit } from './send-limit';

export interface Draft {
  content: string;
  messageType: MessageType;
  /** One of the sender's unsent uploads to this conversation; it decides the type. */
  attachmentId: number | null;
  clientMessageId: string | null;
}

/** `isReplay`: the message had been stored by an earlier try. */
export interface SendOutcome {
  message: Message;
  isReplay: boolean;
}

/** Stores messages, each exactly once, and reads them back. Who may do so is decided before. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly database: Database,
    private readonly store: MessageStore,
    private readonly bus: NewsBus,
    private readonly limit: SendLimit,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Sends a message, or gives back the stored one when its client message id was seen before.
   * Fails with `client_message_id_reused`, `conversation_closed`, `attachment_used`,
   * `rate_limited` or `not_found`.
   */
  async send(
    sender: Caller,
    conversation: AccessedConversation,
    draft: Draft,
  ): Promise<SendOutcome> {
    await this.limit.take(sender);
    const row = await this.insert(sender, conversation, draft);
    if (!row) return this.replay(sender, conversation, draft);
    const isFromAdmin = sender.role === 'admin';
    this.metrics.messagesSent.inc({ side: isFromAdmin ? 'admin' : 'user' });
    this.bus.tell(CONVERSATION_NEWS, {
      id: conversation.id,
      user_id: conversation.ownerId,
      revision: row.revision,
      is_relisted:
        row.seq === 1 || row.is_reopened || (!isFromAdmin && row.admin_unread_count === 1),
    });
    await this.bus.told();
    return { message: toSentMessage(row, sender, conversation, draft), isReplay: false };
  }

  /** A numbered page, newest first. `invalid_page` past the end. */
  async page(conversationId: number, page: number, size: number): Promise<Page<Message>> {
    const rows = await this.database.rows<MessagePageRow>(MESSAGE_PAGE, [
      conversationId,
      page,
      size,
    ]);
    const count = rows[0]?.message_count ?? 0;
    const results = rows.flatMap((row) => (row.id === null ? [] : [toMessage(row)]));
    if (results.length === 0 && page > 1) {
      throw new ProblemError('invalid_page', 'The list has fewer pages.');
    }
    const path = `/api/chat/conversations/${conversationId}/messages/`;
    const link = (n: number): string => `${path}?page=${n}&page_size=${size}`;
    return {
      count,
      next: page * size < count ? link(page + 1) : null,
      previous: page > 1 ? link(page - 1) : null,
      results,
    };
  }

  /** Up to `size` messages before a seq, newest first; the cost does not depend on the depth. */
  async before(conversationId: number, seq: number, size: number): Promise<CursorPage<Message>> {
    const rows = await this.database.rows<MessageRow>(MESSAGES_BEFORE, [conversationId, seq, size]);
    const oldest = rows.at(-1)?.seq ?? 1;
    const path = `/api/chat/conversations/${conversationId}/messages/`;
    return {
      next: oldest > 1 ? `${path}?before=${oldest}&page_size=${size}` : null,
      results: rows.map(toMessage),
    };
  }

  private async insert(
    sender: Caller,
    conversation: AccessedConversation,
    draft: Draft,
  ): Promise<SentRow | undefined> {
    const message = {
      conversationId: conversation.id,
      senderId: sender.id,
      isFromAdmin: sender.role === 'admin',
      ...draft,
    };
    try {
      return await this.store.store(message);
    } catch (error) {
      const key = violatedUniqueKey(error);
      if (key === 'chat_messages_client_id_key') return undefined;
      if (key !== 'chat_conversations_one_active') throw error;
      throw new ProblemError(
        'conversation_closed',
        'This conversation has ended and a newer one is active.',
        { cause: error },
      );
    }
  }

  private async replay(
    sender: Caller,
    conversation: AccessedConversation,
    draft: Draft,
  ): Promise<SendOutcome> {
    const [row] = await this.database.rows<MessageRow>(MESSAGE_BY_CLIENT_ID, [
      conversation.id,
      sender.id,
      draft.clientMessageId,
    ]);
    if (!row) throw await this.refusal(sender, conversation, draft);
    if (!isSame(row, draft)) {
      throw new ProblemError(
        'client_message_id_reused',
        'This client_message_id belongs to another message.',
      );
    }
    // Whoever stored it may never have come to tell it.
    this.bus.tell(CONVERSATION_NEWS, {
      id: conversation.id,
      user_id: conversation.ownerId,
      revision: row.revision,
      is_relisted: true,
    });
    await this.bus.told();
    return { message: toMessage(row), isReplay: true };
  }

  /** Why nothing was stored: the upload has been sent, or there is none; or no conversation. */
  private async refusal(
    sender: Caller,
    conversation: AccessedConversation,
    { attachmentId }: Draft,
  ): Promise<ProblemError> {
    const [state] = await this.database.rows<{ is_sent: boolean }>(ATTACHMENT_STATE, [
      attachmentId,
      sender.id,
      conversation.id,
    ]);
    return state?.is_sent ? attachmentUsed() : ProblemError.notFound();
  }
}

/** What a deleted message was cannot be told any more; the id says enough. */
function isSame(stored: MessageRow, { content, messageType, attachmentId }: Draft): boolean {
  if (stored.deleted_at !== null) return true;
  if (stored.content !== content || (stored.attachment?.id ?? null) !== attachmentId) return false;
  return attachmentId !== null || stored.message_type === messageType;
}

function toSentMessage(
  row: SentRow,
  sender: Caller,
  conversation: AccessedConversation,
  draft: Draft,
): Message {
  return toMessage({
    id: row.id,
    conversation_id: conversation.id,
    seq: row.seq,
    revision: row.revision,
    client_message_id: draft.clientMessageId,
    sender_id: sender.id,
    sender_name: sender.name,
    from_admin: sender.role === 'admin',
    content: draft.content,
    message_type: row.message_type ?? draft.messageType,
    attachment: row.attachment ?? null,
    is_read: false,
    is_delivered: false,
    created_at: row.created_at,
    edited_at: null,
    deleted_at: null,
  });
}
