import type { Statement } from '../../platform/database/database';
import type { Channel } from '../telling/channel';
import { newestUnread } from '../telling/unread.sql';

/** As long as a statement that sends may run, and more: it is seen only when it has ended. */
const OVERLAP = "interval '15 seconds'";
/** Instances that share the work do not repeat each other's. */
const PAUSE = "interval '1.5 seconds'";

/**
 * Takes the turn: no row while another instance sweeps, or has just done so. A clock that was set
 * back neither stops the sweeps nor hides what is sent meanwhile.
 */
export const TAKE_TURN: Statement = {
  name: 'notice-sweep-turn',
  text: `SELECT least(swept_at, now()) - ${OVERLAP} AS since,
      EXISTS (SELECT FROM notification_push_subscriptions) AS has_devices
    FROM notification_sweep WHERE NOT swept_at BETWEEN now() - ${PAUSE} AND now()
    FOR UPDATE SKIP LOCKED`,
};

export interface Turn {
  since: Date;
  has_devices: boolean;
}

/** Everything that was there when the transaction began has been looked at. */
export const END_TURN: Statement = {
  name: 'notice-sweep-end',
  text: 'UPDATE notification_sweep SET swept_at = now()',
};

/** Whether there is anybody to push to: an admin's device, or one of the conversation's student. */
const HAS_DEVICE = `CASE WHEN side.to_admins THEN (SELECT has_devices FROM admins)
  ELSE EXISTS (SELECT FROM notification_push_subscriptions WHERE user_id = r.user_id) END`;

/**
 * Sides of conversations with activity since $1 that have an unread message no notice is on its way
 * for, by the channels of $2; $3 how many at most. What is recent is read by itself, between two ends
 * and in order: planned once for all values, anything else would read all conversations.
 */
export const FIND_UNTOLD: Statement = {
  name: 'notice-sweep-find',
  text: `WITH recent AS MATERIALIZED (
      SELECT id, user_id, admin_unread_count, user_unread_count FROM chat_conversations
      WHERE message_count > 0
        AND coalesce(last_message_at, created_at) BETWEEN $1 AND 'infinity'
      ORDER BY coalesce(last_message_at, created_at) DESC
    ), admins AS (
      SELECT EXISTS (
        SELECT FROM notification_push_subscriptions s JOIN auth_user u ON u.id = s.user_id
        WHERE u.role = 'admin' AND u.is_active) AS has_devices
    )
    SELECT r.id AS conversation_id, side.to_admins, channel.name AS channel, m.seq, m.created_at
    FROM recent r
    CROSS JOIN (VALUES (false), (true)) AS side (to_admins)
    CROSS JOIN unnest($2::text[]) AS channel (name)
    JOIN LATERAL (${newestUnread('r.id', 'side.to_admins')}) m ON true
    LEFT JOIN notification_marks k ON k.conversation_id = r.id
      AND k.to_admins = side.to_admins AND k.channel = channel.name
    WHERE CASE WHEN side.to_admins THEN r.admin_unread_count ELSE r.user_unread_count END > 0
      AND m.seq > coalesce(k.queued_seq, 0)
      AND (channel.name <> 'push' OR ${HAS_DEVICE})
    LIMIT $3`,
};

export interface UntoldRow {
  conversation_id: number;
  to_admins: boolean;
  channel: Channel;
  seq: number;
  created_at: Date;
}

/** Their notices are on their way. $1 conversations, $2 to admins, $3 channels, $4 seqs */
export const MARK_QUEUED: Statement = {
  name: 'notice-sweep-mark',
  text: `INSERT INTO notification_marks (conversation_id, to_admins, channel, queued_seq)
    SELECT * FROM unnest($1::bigint[], $2::boolean[], $3::text[], $4::bigint[])
    ON CONFLICT (conversation_id, to_admins, channel)
      DO UPDATE SET queued_seq = excluded.queued_seq`,
};
