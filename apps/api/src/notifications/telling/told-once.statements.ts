import type { Statement } from '../../platform/database/database';

/**
 * $1 channel, $2 to whom, $3 conversation, $4 up to which seq they need not be told again, $5 for how
 * many seconds. No row where they were told as much, or somebody else is about to tell them.
 */
export const HOLD: Statement = {
  name: 'told-hold',
  text: `INSERT INTO notification_told AS t (channel, to_id, conversation_id, held_until)
    VALUES ($1, $2, $3, now() + make_interval(secs => $5))
    ON CONFLICT (channel, to_id, conversation_id) DO UPDATE SET held_until = excluded.held_until
      WHERE t.seq < $4 AND t.held_until <= now()
    RETURNING seq`,
};

/** $1 to $4 as above */
export const IS_TOLD: Statement = {
  name: 'told-look',
  text: `SELECT FROM notification_told
    WHERE channel = $1 AND to_id = $2 AND conversation_id = $3 AND seq >= $4`,
};

/** $1 channel, $2 to whom, $3 conversation, $4 what they were told, 0 for nothing new */
export const LET_GO: Statement = {
  name: 'told-let-go',
  text: `UPDATE notification_told SET seq = greatest(seq, $4), held_until = now()
    WHERE channel = $1 AND to_id = $2 AND conversation_id = $3`,
};

/** What is older than any job that might tell of the same; of a mail, only once its side has read all. */
export const FORGET: Statement = {
  name: 'told-forget',
  text: `DELETE FROM notification_told t WHERE held_until < now() - interval '7 days'
    AND NOT (channel = 'mail' AND EXISTS (
      SELECT FROM chat_conversations c WHERE c.id = t.conversation_id
        AND CASE WHEN c.user_id = t.to_id THEN c.user_unread_count ELSE c.admin_unread_count END > 0))`,
};
