/** A condition on messages: somebody is to be told of them until they are read. */
export const IS_UNREAD = `NOT is_read AND message_type <> 'system' AND deleted_at IS NULL`;

/**
 * The newest message of the other side that nobody on this one has read.
 * @param conversation SQL of the conversation's id
 * @param toAdmins SQL of whether this side is the admins'
 */
export function newestUnread(conversation: string, toAdmins: string): string {
  return `SELECT seq, created_at, sender_id, content FROM chat_messages
    WHERE conversation_id = ${conversation} AND from_admin = NOT ${toAdmins} AND ${IS_UNREAD}
    ORDER BY seq DESC LIMIT 1`;
}
