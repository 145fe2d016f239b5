import { API_ROUTES, type Session } from '@support-chat/contracts';
import { Client } from 'pg';
import { ADMIN } from '../system/api-server';
import { FIRST_ACTIVE, type Sizes } from './sizes';

/** A signed-in student and the conversation they poll. */
export interface Student {
  id: number;
  token: string;
  conversationId: number;
  messageCount: number;
  revision: number;
}

export interface People {
  students: Student[];
  adminId: number;
  adminToken: string;
}

const LOGINS_AT_ONCE = 4;

/** Signs everyone in through the API. Everyone has the admin's password (see `fill`). */
export async function signIn(port: number, client: Client, sizes: Sizes): Promise<People> {
  const admin = await login(port, ADMIN.email);
  const places = Array.from({ length: sizes.activeUsers }, (_, index) => FIRST_ACTIVE + index);
  const sessions = await inTurns(places, LOGINS_AT_ONCE, async (place) => {
    return login(port, emailAt(place));
  });
  const students = await readStudents(client, sessions);
  return { students, adminId: admin.user.id, adminToken: admin.access_token };
}

/** The conversations at some places of the plan (see `sizes.ts`). */
export async function findConversations(
  client: Client,
  firstPlace: number,
  count: number,
): Promise<number[]> {
  const places = Array.from({ length: count }, (_, index) => emailAt(firstPlace + index));
  const { rows } = await client.query<{ id: string }>(
    `SELECT c.id FROM chat_conversations c JOIN auth_user u ON u.id = c.user_id
      WHERE lower(u.email) = ANY ($1)`,
    [places],
  );
  return rows.map(({ id }) => Number(id));
}

/** Where the students' conversations stand now. */
export async function refreshStudents(client: Client, students: Student[]): Promise<void> {
  const { rows } = await client.query<{ id: string; message_count: string; revision: string }>(
    'SELECT id, message_count, revision FROM chat_conversations WHERE id = ANY ($1)',
    [students.map(({ conversationId }) => conversationId)],
  );
  const byId = new Map(rows.map((row) => [Number(row.id), row]));
  for (const student of students) {
    const row = byId.get(student.conversationId);
    student.messageCount = Number(row?.message_count);
    student.revision = Number(row?.revision);
  }
}

async function readStudents(client: Client, sessions: Session[]): Promise<Student[]> {
  const { rows } = await client.query<{ id: string; user_id: string }>(
    'SELECT id, user_id FROM chat_conversations WHERE user_id = ANY ($1)',
    [sessions.map(({ user }) => user.id)],
  );
  const conversations = new Map(rows.map((row) => [Number(row.user_id), Number(row.id)]));
  const students = sessions.map(({ user, access_token }) => ({
    id: user.id,
    token: access_token,
    conversationId: conversations.get(user.id) ?? 0,
    messageCount: 0,
    revision: 0,
  }));
  await refreshStudents(client, students);
  return students;
}

const emailAt = (place: number): string => `student${place}@bench.example`;

async function login(port: number, email: string): Promise<Session> {
  const response = await fetch(`http://127.0.0.1:${port}${API_ROUTES.login}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password: ADMIN.password }),
  });
  if (!response.ok) throw new Error(`Signing in failed: ${await response.text()}`);
  return (await response.json()) as Session;
}

/** Runs `work` for all in order, a few at once. */
export async function inTurns<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))));
  }
  return results;
}
