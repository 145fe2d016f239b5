/**
 * A condition that is always true. Evaluated before a statement's changes, it keeps the database
 * from notifying about changed conversations in this transaction: its writer tells the news itself
 * once it is committed. PostgreSQL lets transactions that notify commit only one after another,
 * which halves how many messages can be sent. Every other writer stays loud.
 */
export const WRITER_TELLS = `set_config('support_chat.writer_tells', 'on', true) IS NOT NULL`;
