import type { EntityManager } from 'typeorm';
import type { DemoConversation, DemoMessage } from './lay-out-talk';
import type { DemoPerson } from './talk';

export interface DemoUser extends DemoPerson {
  role: 'user' | 'admin';
  createdAt: Date;
}

/** Ids by e-mail address. */
export type DemoUserIds = ReadonlyMap<string, number>;

/**
 * Accounts with this password. A demo account that is still there comes back to life; an address
 * that somebody real has taken is left to them, and out of the result.
 */
export async function storeDemoUsers(
  manager: EntityManager,
  users: readonly DemoUser[],
  passwordHash: string,
): Promise<DemoUserIds> {
  const rows = await manager.query<{ id: number; email: string }[]>(
    `INSERT INTO auth_user (email, name, role, password_hash, is_demo, created_at)
     SELECT email, name, role, $2, true, created_at
     FROM jsonb_to_recordset($1::jsonb) AS u(email text, name text, role text, created_at timestamptz)
     ON CONFLICT (lower(email)) DO UPDATE
       SET is_active = true, role = excluded.role, password_hash = excluded.password_hash
       WHERE auth_user.is_demo
     RETURNING id, email`,
    [
      json(users.map(({ createdAt, ...user }) => ({ ...user, created_at: createdAt }))),
      passwordHash,
    ],
  );
  return new Map(rows.map(({ id, email }) => [email, id]));
}

/** The conversations with their messages and who read them, three statements for all. */
export async function storeDemoConversations(
  manager: EntityManager,
  conversations: readonly DemoConversation[],
  users: DemoUserIds,
): Promise<void> {
  const ids = await insertConversations(manager, conversations, users);
  const messages = conversations.flatMap(({ messages }, index) =>
    messages.map((message) => ({ ...message, conversation_id: ids[index] })),
  );
  await insertMessages(manager, messages, users);
  await insertReadStatus(manager, messages, users);
}

/** @returns their ids, in the same order */
async function insertConversations(
  manager: EntityManager,
  conversations: readonly DemoConversation[],
  users: DemoUserIds,
): Promise<number[]> {
  const rows = await manager.query<{ id: number }[]>(
    `INSERT INTO chat_conversations (user_id, created_at, last_message_at, is_active, revision,
       message_count, user_unread_count, admin_unread_count, user_delivered_seq, admin_delivered_seq)
     SELECT user_id, created_at, last_message_at, is_active, revision,
       message_count, user_unread_count, admin_unread_count, user_delivered_seq, admin_delivered_seq
     FROM jsonb_to_recordset($1::jsonb) AS c(position int, user_id bigint, created_at timestamptz,
       last_message_at timestamptz, is_active boolean, revision bigint, message_count bigint,
       user_unread_count bigint, admin_unread_count bigint, user_delivered_seq bigint,
       admin_delivered_seq bigint)
     ORDER BY position
     RETURNING id`,
    [json(conversations.map((conversation, position) => toRow(conversation, position, users)))],
  );
  return rows.map(({ id }) => id);
}

function toRow(
  { talk, createdAt, revision, messages }: DemoConversation,
  position: number,
  users: DemoUserIds,
): Record<string, unknown> {
  const unread = (fromAdmin: boolean): number =>
    messages.filter((message) => message.fromAdmin === fromAdmin && !message.read).length;
  const lastRead = (fromAdmin: boolean): number =>
    messages.findLast((message) => message.fromAdmin === fromAdmin && message.read)?.seq ?? 0;
  return {
    position,
    user_id: users.get(talk.student.email),
    created_at: createdAt,
    last_message_at: messages.at(-1)?.createdAt ?? null,
    is_active: !talk.isEnded,
    revision,
    message_count: messages.length,
    user_unread_count: unread(true),
    admin_unread_count: unread(false),
    user_delivered_seq: lastRead(true),
    admin_delivered_seq: lastRead(false),
  };
}

type PlacedMessage = DemoMessage & { conversation_id: number | undefined };

async function insertMessages(
  manager: EntityManager,
  messages: readonly PlacedMessage[],
  users: DemoUserIds,
): Promise<void> {
  const rows = messages.map((message) => ({
    conversation_id: message.conversation_id,
    sender_id: users.get(message.senderEmail),
    seq: message.seq,
    revision: message.revision,
    from_admin: message.fromAdmin,
    is_read: message.read !== null,
    content: message.text,
    created_at: message.createdAt,
  }));
  await manager.query(
    `INSERT INTO chat_messages
       (conversation_id, sender_id, seq, revision, from_admin, is_read, content, created_at)
     SELECT * FROM jsonb_to_recordset($1::jsonb) AS m(conversation_id bigint, sender_id bigint,
       seq bigint, revision bigint, from_admin boolean, is_read boolean, content text,
       created_at timestamptz)`,
    [json(rows)],
  );
}

async function insertReadStatus(
  manager: EntityManager,
  messages: readonly PlacedMessage[],
  users: DemoUserIds,
): Promise<void> {
  const rows = messages.flatMap(({ conversation_id, seq, read }) =>
    read ? [{ conversation_id, seq, user_id: users.get(read.readerEmail), read_at: read.at }] : [],
  );
  await manager.query(
    `INSERT INTO chat_message_read_status (message_id, user_id, read_at)
     SELECT m.id, r.user_id, r.read_at
     FROM jsonb_to_recordset($1::jsonb)
       AS r(conversation_id bigint, seq bigint, user_id bigint, read_at timestamptz)
     JOIN chat_messages m USING (conversation_id, seq)`,
    [json(rows)],
  );
}

function json(rows: readonly object[]): string {
  return JSON.stringify(rows);
}
