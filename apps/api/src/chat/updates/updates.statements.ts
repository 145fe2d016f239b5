import type { Statement } from '../../platform/database/database';
import {
  CONVERSATION_COLUMNS,
  CONVERSATION_TABLES,
  type ConversationRow,
} from '../conversations/conversation.row';
import { messageColumns, type MessageRow, type PrefixedMessageRow } from '../messages/message.row';

/**
 * A conversation and its messages that changed after a revision, in one snapshot.
 * $1 conversation, $2 revision, $3 how many messages at most; in order of revision. One row
 * without a message (`changed_id` null) where none changed.
 */
export const UPDATES: Statement = {
  name: 'conversation-updates',
  text: `SELECT ${CONVERSATION_COLUMNS}, changed.*
    FROM ${CONVERSATION_TABLES}
    LEFT JOIN LATERAL (
      SELECT ${messageColumns('m', 's', 'c', 'changed_')}
      FROM chat_messages m JOIN auth_user s ON s.id = m.sender_id
      WHERE m.conversation_id = c.id AND m.revision > $2
      ORDER BY m.revision LIMIT $3
    ) changed ON true
    WHERE c.id = $1
    ORDER BY changed.changed_revision`,
};

export type UpdatesRow = ConversationRow & (PrefixedMessageRow<'changed_'> | { changed_id: null });

/** The message in a row of `UPDATES`, or null. */
export function changedMessage(row: UpdatesRow): MessageRow | null {
  if (row.changed_id === null) return null;
  return {
    id: row.changed_id,
    conversation_id: row.changed_conversation_id,
    seq: row.changed_seq,
    revision: row.changed_revision,
    client_message_id: row.changed_client_message_id,
    sender_id: row.changed_sender_id,
    sender_name: row.changed_sender_name,
    from_admin: row.changed_from_admin,
    content: row.changed_content,
    message_type: row.changed_message_type,
    attachment: row.changed_attachment,
    is_read: row.changed_is_read,
    is_delivered: row.changed_is_delivered,
    created_at: row.changed_created_at,
    edited_at: row.changed_edited_at,
    deleted_at: row.changed_deleted_at,
  };
}
