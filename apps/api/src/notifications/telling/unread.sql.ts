/** A condition on messages: somebody is to be told of them until they are read. */
export const IS_UNREAD = `NOT is_read AND message_type <> 'system' AND deleted_at IS NULL`;

/** What a notice may show of a message: its text or, where there is none, the name of its file. */
export const WORDS = `coalesce(nullif(content, ''), attachment ->> 'name', '')`;

/**
 * The newest message of the other side that nobody on this one has read.
 * @param conversation SQL of the conversation's id
 * @param toAdmins SQL of whether this side is the admins'
 */
export function newestUnread(conversation: string, toAdmins: string): string {
  return `SELECT seq, created_at, sender_id, ${WORDS} AS content
    ${allUnread(conversation, toAdmins)} ORDER BY seq DESC LIMIT 1`;
}

/** The seq of the oldest one. */
export function oldestUnreadSeq(conversation: string, toAdmins: string): string {
  return `SELECT seq ${allUnread(conversation, toAdmins)} ORDER BY seq LIMIT 1`;
}

function allUnread(conversation: string, toAdmins: string): string {
  return `FROM chat_messages
    WHERE conversation_id = ${conversation} AND from_admin = NOT ${toAdmins} AND ${IS_UNREAD}`;
}
