import type { Statement } from '../../platform/database/database';

/** $1 message. Its conversation, whose changes take turns; the database tells the news. */
export const LOCK_CONVERSATION_OF: Statement = {
  name: 'message-deletion-lock',
  text: `SELECT id FROM chat_conversations
    WHERE id = (SELECT conversation_id FROM chat_messages WHERE id = $1) FOR UPDATE`,
};

/**
 * Empties a message, under its conversation's lock. It counts as read, since nobody can read it any
 * more; its file goes by the trigger of migration 6000. $1 message. No row where it was deleted before.
 */
export const DELETE_MESSAGE: Statement = {
  name: 'message-delete',
  text: `WITH message AS (
      SELECT id, conversation_id, from_admin,
        (NOT is_read AND message_type <> 'system')::int AS unread
      FROM chat_messages WHERE id = $1 AND deleted_at IS NULL
    ), conversation AS (
      UPDATE chat_conversations c SET
        revision = c.revision + 1,
        user_unread_count = user_unread_count
          - CASE WHEN message.from_admin THEN message.unread ELSE 0 END,
        admin_unread_count = admin_unread_count
          - CASE WHEN message.from_admin THEN 0 ELSE message.unread END
      FROM message WHERE c.id = message.conversation_id
      RETURNING c.revision, message.id AS message_id
    )
    UPDATE chat_messages m SET deleted_at = now(), content = '', is_read = true,
      revision = conversation.revision
    FROM conversation WHERE m.id = conversation.message_id
    RETURNING m.id`,
};
