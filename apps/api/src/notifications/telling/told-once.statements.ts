import type { Statement } from '../../platform/database/database';

/**
 * $1 channel, $2 to whom, $3 conversation, $4 seq, $5 for how many seconds. No row where they were
 * told as much, or somebody else is about to tell them.
 */
export const HOLD: Statement = {
  name: 'told-hold',
  text: `INSERT INTO notification_told AS t (channel, to_id, conversation_id, held_until)
    VALUES ($1, $2, $3, now() + make_interval(secs => $5))
    ON CONFLICT (channel, to_id, conversation_id) DO UPDATE SET held_until = excluded.held_until
      WHERE t.seq < $4 AND t.held_until <= now()
    RETURNING seq`,
};

/** $1 channel, $2 to whom, $3 conversation, $4 seq */
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

/** Older than any job that might tell of the same. */
export const FORGET: Statement = {
  name: 'told-forget',
  text: `DELETE FROM notification_told WHERE held_until < now() - interval '7 days'`,
};
