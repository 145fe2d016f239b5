import { WRITER_TELLS } from '../../platform/bus/writer-tells';
import type { Statement } from '../../platform/database/database';
import { hasClientId, type SentRow } from './message.statements';

/**
 * `SEND_MESSAGE` for several conversations at once; with eight, each message costs a third of what
 * it does alone. It waits for no conversation: one that another transaction has locked is left out,
 * so that nobody waits for a stranger's. What it can wait for is a sender who is being deleted.
 *
 * $1 conversations, each once, $2 senders, $3 whether an admin sends, $4 client message ids or null,
 * $5 contents, $6 types. No row for a conversation that was locked, or where `SEND_MESSAGE` has none.
 */
export const SEND_MESSAGES: Statement = {
  name: 'message-send-group',
  text: `WITH draft AS (
      SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::boolean[], $4::uuid[], $5::text[],
        $6::text[]) AS d(conversation_id, sender_id, from_admin, client_message_id, content,
        message_type)
    ), free AS MATERIALIZED (
      SELECT c.id, c.is_active FROM chat_conversations c WHERE c.id = ANY($1::bigint[])
      FOR NO KEY UPDATE SKIP LOCKED
    ), conversation AS (
      UPDATE chat_conversations c SET
        revision = c.revision + 1,
        message_count = c.message_count + 1,
        user_unread_count = c.user_unread_count + d.from_admin::int,
        admin_unread_count = c.admin_unread_count + (NOT d.from_admin)::int,
        is_active = true,
        last_message_at = greatest(c.last_message_at, clock_timestamp()::timestamptz(3))
      FROM draft d JOIN free ON free.id = d.conversation_id
      WHERE c.id = d.conversation_id AND ${WRITER_TELLS}
        AND (d.client_message_id IS NULL OR NOT EXISTS (SELECT FROM chat_messages m
          WHERE ${hasClientId('d.conversation_id', 'd.sender_id', 'd.client_message_id')}
          -- Looked up for each: a table that is still empty would be planned to be read as a whole.
          OFFSET 0))
      RETURNING c.id, c.revision, c.message_count, c.last_message_at, c.admin_unread_count,
        NOT free.is_active AS is_reopened, d.sender_id, d.from_admin, d.client_message_id,
        d.content, d.message_type
    ), message AS (
      INSERT INTO chat_messages (conversation_id, sender_id, from_admin, client_message_id, content,
        message_type, seq, revision, created_at)
      SELECT id, sender_id, from_admin, client_message_id, content, message_type, message_count,
        revision, last_message_at
      FROM conversation
      RETURNING id, conversation_id, seq, revision, created_at
    )
    SELECT message.*, conversation.admin_unread_count, conversation.is_reopened
    FROM message JOIN conversation ON conversation.id = message.conversation_id`,
};

export type GroupedSentRow = SentRow & { conversation_id: number };
