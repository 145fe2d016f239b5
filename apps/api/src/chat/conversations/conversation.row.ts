import {
  LIMITS,
  truncateCodePoints,
  type Conversation,
  type Message,
} from '@support-chat/contracts';
import type { Side } from '../access/conversation-access.policy';
import { messageColumns, toMessage, type PrefixedMessageRow } from '../messages/message.row';

interface ConversationColumns {
  id: number;
  user_id: number;
  user_name: string;
  user_email: string;
  is_active: boolean;
  created_at: Date;
  last_message_at: Date | null;
  message_count: number;
  user_unread_count: number;
  admin_unread_count: number;
  revision: number;
}

/** Columns of a conversation, its student and, where there is one, its newest message. */
export type ConversationRow = ConversationColumns &
  (PrefixedMessageRow<'last_'> | { last_id: null });

/** `SELECT … FROM …` for conversations; the newest message is the one whose seq is the count. */
export const CONVERSATION_COLUMNS = `
  c.id, c.user_id, u.name AS user_name, u.email AS user_email, c.is_active, c.created_at,
  c.last_message_at, c.message_count, c.user_unread_count, c.admin_unread_count, c.revision,
  ${messageColumns('l', 'ls', 'c', 'last_')}`;

export const CONVERSATION_TABLES = `chat_conversations c
  JOIN auth_user u ON u.id = c.user_id
  LEFT JOIN chat_messages l ON l.conversation_id = c.id AND l.seq = c.message_count
  LEFT JOIN auth_user ls ON ls.id = l.sender_id`;

/** A conversation as the wire has it, with the unread count of the caller's side. */
export function toConversation(row: ConversationRow, side: Side): Conversation {
  return {
    id: row.id,
    user: { id: row.user_id, name: row.user_name, email: row.user_email },
    is_active: row.is_active,
    created_at: row.created_at.toISOString(),
    last_message_at: row.last_message_at?.toISOString() ?? null,
    last_message: lastMessage(row),
    message_count: row.message_count,
    unread_count: side === 'admin' ? row.admin_unread_count : row.user_unread_count,
    revision: row.revision,
  };
}

function lastMessage(row: ConversationRow): Message | null {
  if (row.last_id === null) return null;
  return toMessage({
    id: row.last_id,
    conversation_id: row.last_conversation_id,
    seq: row.last_seq,
    revision: row.last_revision,
    client_message_id: row.last_client_message_id,
    sender_id: row.last_sender_id,
    sender_name: row.last_sender_name,
    from_admin: row.last_from_admin,
    content: truncateCodePoints(row.last_content, LIMITS.lastMessagePreviewLength),
    message_type: row.last_message_type,
    attachment: row.last_attachment,
    is_read: row.last_is_read,
    is_delivered: row.last_is_delivered,
    created_at: row.last_created_at,
    edited_at: row.last_edited_at,
    deleted_at: row.last_deleted_at,
  });
}
