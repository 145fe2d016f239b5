import { WRITER_TELLS } from '../../platform/bus/writer-tells';
import type { Statement } from '../../platform/database/database';
import { CONVERSATION_COLUMNS, CONVERSATION_TABLES } from './conversation.row';

/** $1 conversation */
export const CONVERSATION_BY_ID: Statement = {
  name: 'conversation-by-id',
  text: `SELECT ${CONVERSATION_COLUMNS} FROM ${CONVERSATION_TABLES} WHERE c.id = $1`,
};

/** $1 user */
export const ACTIVE_CONVERSATION: Statement = {
  name: 'conversation-active',
  text: `SELECT ${CONVERSATION_COLUMNS} FROM ${CONVERSATION_TABLES} WHERE c.user_id = $1 AND c.is_active`,
};

/** $1 user. The active one; where there is none, the ended one that was last written in. */
export const LATEST_CONVERSATION: Statement = {
  name: 'conversation-latest',
  text: `SELECT ${CONVERSATION_COLUMNS} FROM ${CONVERSATION_TABLES} WHERE c.user_id = $1
    ORDER BY c.is_active DESC, c.last_message_at DESC NULLS LAST, c.id DESC LIMIT 1`,
};

/** $1 user. No row where another call has just made the active one. */
export const CREATE_CONVERSATION: Statement = {
  name: 'conversation-create',
  text: `INSERT INTO chat_conversations (user_id) VALUES ($1)
    ON CONFLICT (user_id) WHERE is_active DO NOTHING RETURNING id`,
};

/** $1 conversation. Waits for its turn: every change happens under this lock. The caller tells the news. */
export const LOCK_CONVERSATION: Statement = {
  name: 'conversation-lock',
  text: `SELECT id, user_id, revision, message_count, user_unread_count, admin_unread_count,
      user_delivered_seq, admin_delivered_seq
    FROM chat_conversations WHERE id = $1 AND ${WRITER_TELLS} FOR UPDATE`,
};

export interface LockedConversation {
  id: number;
  user_id: number;
  revision: number;
  message_count: number;
  user_unread_count: number;
  admin_unread_count: number;
  user_delivered_seq: number;
  admin_delivered_seq: number;
}

/** $1 conversation. No row where it has ended already. */
export const CLOSE_CONVERSATION: Statement = {
  name: 'conversation-close',
  text: `UPDATE chat_conversations SET is_active = false, revision = revision + 1
    WHERE id = $1 AND is_active RETURNING user_id, revision`,
};

/** $1 conversation */
export const CONVERSATION_UNREAD_COUNTS: Statement = {
  name: 'conversation-unread-counts',
  text: 'SELECT user_unread_count, admin_unread_count FROM chat_conversations WHERE id = $1',
};

export type UnreadCounts = Pick<LockedConversation, 'user_unread_count' | 'admin_unread_count'>;
