import type { Statement } from '../../platform/database/database';
import { IS_SIGNED_IN } from '../push/signed-in.sql';
import { IS_UNREAD, newestUnread } from '../telling/unread.sql';

/** $1 conversation, $2 to admins, $3 channel. Who hands on the same notice takes turns. */
export const LOCK_NOTICE: Statement = {
  name: 'notice-lock',
  text: `SELECT told_seq FROM notification_marks
    WHERE conversation_id = $1 AND to_admins = $2 AND channel = $3 FOR UPDATE`,
};

/** $1 conversation, $2 to admins. Under the lock, so it sees all that was there when it was given. */
export const NEWEST_UNREAD: Statement = {
  name: 'notice-newest-unread',
  text: newestUnread('$1', '$2::boolean'),
};

/**
 * $1 conversation, $2 to admins, $3 up to which seq they were told, $4 the delay in ms: when that of
 * the oldest unread message above ends, where it has not yet.
 */
export const STILL_DELAYED: Statement = {
  name: 'notice-still-delayed',
  text: `SELECT due_at FROM (
      SELECT created_at + $4 * interval '1 millisecond' AS due_at FROM chat_messages
      WHERE conversation_id = $1 AND from_admin = NOT $2::boolean AND seq > $3 AND ${IS_UNREAD}
      ORDER BY seq LIMIT 1
    ) oldest WHERE due_at > now()`,
};

/** $1 conversation, $2 to admins, $3 channel, $4 seq: everybody's job exists. */
export const MARK_TOLD: Statement = {
  name: 'notice-mark-told',
  text: `UPDATE notification_marks SET told_seq = $4
    WHERE conversation_id = $1 AND to_admins = $2 AND channel = $3`,
};

/** A side of a conversation, as the condition on its active users `u`. $1 conversation */
const SIDES = {
  admins: `u.role = 'admin' AND EXISTS (SELECT FROM chat_conversations WHERE id = $1)`,
  student: 'u.id = (SELECT user_id FROM chat_conversations WHERE id = $1)',
};
type SideName = keyof typeof SIDES;

function devices(side: SideName): Statement {
  return {
    name: `notice-devices-${side}`,
    text: `SELECT s.id AS to_id FROM notification_push_subscriptions s
      JOIN auth_user u ON u.id = s.user_id AND u.is_active AND ${SIDES[side]}
      LEFT JOIN notification_preferences p ON p.user_id = u.id
      WHERE ${IS_SIGNED_IN} AND coalesce(p.push, true)`,
  };
}

/** Nobody stands behind the addresses of the demo data. */
function mailboxes(side: SideName): Statement {
  return {
    name: `notice-mailboxes-${side}`,
    text: `SELECT u.id AS to_id FROM auth_user u LEFT JOIN notification_preferences p ON p.user_id = u.id
      WHERE u.is_active AND NOT u.is_demo AND ${SIDES[side]} AND coalesce(p.email, true)`,
  };
}

/** Whom a notice goes to, by channel and side. $1 conversation */
export const RECIPIENTS = {
  push: { admins: devices('admins'), student: devices('student') },
  mail: { admins: mailboxes('admins'), student: mailboxes('student') },
};
