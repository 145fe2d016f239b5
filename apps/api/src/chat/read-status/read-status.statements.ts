import { LIMITS } from '@support-chat/contracts';
import type { Statement } from '../../platform/database/database';
import {
  CONVERSATION_COLUMNS,
  CONVERSATION_TABLES,
  type ConversationRow,
} from '../conversations/conversation.row';
import { messageColumns, type PrefixedMessageRow } from '../messages/message.row';

/**
 * Marks the unread messages of the other side read, each with its own revision in order of seq,
 * notes who read them, and lowers the count. Under the conversation's lock, taken before.
 *
 * $1 conversation, $2 whether the reader is an admin, $3 reader, $4 the conversation's revision,
 * $5 only these message ids, or null for all. No row where nothing was unread.
 */
export const MARK_READ: Statement = {
  name: 'read-status-mark',
  text: `WITH unread AS (
      SELECT id, row_number() OVER (ORDER BY seq) AS position
      FROM chat_messages
      WHERE conversation_id = $1 AND from_admin = NOT $2::boolean AND NOT is_read
        AND message_type <> 'system' AND ($5::bigint[] IS NULL OR id = ANY ($5::bigint[]))
    ), marked AS (
      UPDATE chat_messages m SET is_read = true, revision = $4::bigint + unread.position
      FROM unread WHERE m.id = unread.id RETURNING m.id
    ), noted AS (
      INSERT INTO chat_message_read_status (message_id, user_id)
      SELECT id, $3 FROM marked ON CONFLICT DO NOTHING
    ), total AS (SELECT count(*) AS marked FROM marked)
    UPDATE chat_conversations SET
      revision = revision + total.marked,
      user_unread_count = user_unread_count - CASE WHEN $2::boolean THEN 0 ELSE total.marked END,
      admin_unread_count = admin_unread_count - CASE WHEN $2::boolean THEN total.marked ELSE 0 END
    FROM total WHERE id = $1 AND total.marked > 0
    RETURNING revision, total.marked`,
};

/**
 * Moves one side's delivered mark; every message that becomes delivered takes its own revision.
 * Under the conversation's lock. $1 conversation, $2 whether the reader is an admin, $3 the mark
 * as it was, $4 the new mark, $5 the conversation's revision.
 */
export const MARK_DELIVERED: Statement = {
  name: 'read-status-deliver',
  text: `WITH arrived AS (
      SELECT id, row_number() OVER (ORDER BY seq) AS position
      FROM chat_messages
      WHERE conversation_id = $1 AND from_admin = NOT $2::boolean AND NOT is_read
        AND seq > $3 AND seq <= $4
    ), marked AS (
      UPDATE chat_messages m SET revision = $5::bigint + arrived.position
      FROM arrived WHERE m.id = arrived.id RETURNING m.id
    )
    UPDATE chat_conversations SET
      revision = revision + (SELECT count(*) FROM marked),
      user_delivered_seq = CASE WHEN $2::boolean THEN user_delivered_seq ELSE $4 END,
      admin_delivered_seq = CASE WHEN $2::boolean THEN $4 ELSE admin_delivered_seq END
    WHERE id = $1 RETURNING revision`,
};

/** $1 message ids */
export const CONVERSATIONS_OF_MESSAGES: Statement = {
  name: 'read-status-conversations',
  text: `SELECT c.id, c.user_id, array_agg(m.id) AS message_ids
    FROM chat_messages m JOIN chat_conversations c ON c.id = m.conversation_id
    WHERE m.id = ANY ($1::bigint[]) GROUP BY c.id ORDER BY c.id`,
};

/** $1 user */
export const USER_UNREAD_TOTAL: Statement = {
  name: 'unread-total-user',
  text: `SELECT coalesce(sum(user_unread_count), 0)::bigint AS total
    FROM chat_conversations WHERE user_id = $1`,
};

export const ADMIN_UNREAD_TOTAL: Statement = {
  name: 'unread-total-admin',
  text: `SELECT coalesce(sum(admin_unread_count), 0)::bigint AS total
    FROM chat_conversations WHERE admin_unread_count > 0`,
};

/** Conversations with something unread, newest activity first, each with its newest unread message. */
function latestUnread(fromAdmin: string, waiting: string, total: string): string {
  return `SELECT ${CONVERSATION_COLUMNS}, ${messageColumns('m', 's', 'c', 'unread_')},
      (${total}) AS total
    FROM ${CONVERSATION_TABLES}
    JOIN LATERAL (
      SELECT * FROM chat_messages
      WHERE conversation_id = c.id AND from_admin = ${fromAdmin} AND NOT is_read
        AND message_type <> 'system' AND deleted_at IS NULL
      ORDER BY seq DESC LIMIT 1
    ) m ON true
    JOIN auth_user s ON s.id = m.sender_id
    WHERE ${waiting}
    ORDER BY coalesce(c.last_message_at, c.created_at) DESC, c.id DESC
    LIMIT ${LIMITS.unreadLatestMax}`;
}

/** $1 user. Each row has the total as well. */
export const USER_LATEST_UNREAD: Statement = {
  name: 'latest-unread-user',
  text: latestUnread('true', 'c.user_id = $1 AND c.user_unread_count > 0', USER_UNREAD_TOTAL.text),
};

/** Each row has the total as well. */
export const ADMIN_LATEST_UNREAD: Statement = {
  name: 'latest-unread-admin',
  text: latestUnread('false', 'c.admin_unread_count > 0', ADMIN_UNREAD_TOTAL.text),
};

export type LatestUnreadRow = ConversationRow & PrefixedMessageRow<'unread_'> & { total: number };
