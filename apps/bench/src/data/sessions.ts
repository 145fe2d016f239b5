import type { Client } from 'pg';
import { createHmac, randomUUID } from 'node:crypto';
import { JWT_SECRET } from '../system/api-server';
import type { People, Student } from './people';

const TOKEN_SECONDS = 900;

/**
 * Sessions of many students at once, as the API would have given them: thousands of sign-ins would
 * take minutes, since checking a password is made to be slow. Tokens last 15 minutes.
 * @throws when there are fewer students
 */
export async function openSessions(client: Client, count: number): Promise<Student[]> {
  const { rows } = await client.query<
    Record<'id' | 'user_id' | 'message_count' | 'revision', string>
  >(
    `SELECT id, user_id, message_count, revision FROM chat_conversations
      WHERE is_active ORDER BY id DESC LIMIT $1`,
    [count],
  );
  if (rows.length < count) throw new Error(`There are fewer than ${count} conversations.`);
  const families = await openFamilies(
    client,
    rows.map(({ user_id }) => user_id),
  );
  return rows.map((row) => ({
    id: Number(row.user_id),
    token: signToken(row.user_id, families.get(row.user_id) ?? ''),
    conversationId: Number(row.id),
    messageCount: Number(row.message_count),
    revision: Number(row.revision),
  }));
}

/** A session of the admin. */
export async function openAdminSession(client: Client, adminId: number): Promise<string> {
  const families = await openFamilies(client, [String(adminId)]);
  return signToken(String(adminId), families.get(String(adminId)) ?? '');
}

/** Gives everyone a new session, since a run takes about as long as a token lasts. */
export async function renewSessions(client: Client, people: People): Promise<void> {
  const { students, adminId } = people;
  const families = await openFamilies(
    client,
    students.map(({ id }) => String(id)),
  );
  for (const student of students) {
    const id = String(student.id);
    student.token = signToken(id, families.get(id) ?? '');
  }
  people.adminToken = await openAdminSession(client, adminId);
}

async function openFamilies(
  client: Client,
  userIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await client.query<{ user_id: string; family: string }>(
    `INSERT INTO auth_refresh_token (user_id, family, token_hash, expires_at)
      SELECT id, gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), now() + interval '1 day'
      FROM unnest($1::bigint[]) id RETURNING user_id, family`,
    [userIds],
  );
  return new Map(rows.map(({ user_id, family }) => [user_id, family]));
}

/** An access token as `AccessTokens` of the API makes it. */
function signToken(userId: string, family: string): string {
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    ...{ iss: 'support-chat', aud: 'support-chat-api', sub: userId, jti: randomUUID() },
    ...{ sid: family, iat: now, exp: now + TOKEN_SECONDS },
  };
  const signed = [{ alg: 'HS256', typ: 'JWT' }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${signed}.${createHmac('sha256', JWT_SECRET).update(signed).digest('base64url')}`;
}
