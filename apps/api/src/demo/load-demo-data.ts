import type { DataSource, EntityManager } from 'typeorm';
import { PasswordHasher } from '../auth';
import type { SignIn } from '../banner';
import { layOutTalk, type DemoConversation } from './lay-out-talk';
import { Random } from './random';
import {
  storeDemoConversations,
  storeDemoUsers,
  type DemoUser,
  type DemoUserIds,
} from './store-demo-data';
import { DAYS, DEMO_ADMINS } from './talk';
import { demoTalks } from './talks';

/** Of all demo accounts, and of no other. */
const PASSWORD = 'demo-only';

const SIGN_INS: readonly SignIn[] = [
  { who: 'Student', email: 'student@demo.school', password: PASSWORD },
  { who: 'Admin', email: DEMO_ADMINS.sara.email, password: PASSWORD },
];

/** Whoever loads or removes the demo takes turns on this number. */
export const DEMO_LOCK = 7_351_846_022;

/**
 * Makes the demo's people and conversations the first time it is asked to; what has been removed
 * since stays away. @returns the sign-ins that work
 */
export async function loadDemoDataOnce(dataSource: DataSource): Promise<SignIn[]> {
  const [load] = await dataSource.query<object[]>('SELECT FROM demo_load');
  return load ? findSignIns(dataSource) : loadDemoData(dataSource);
}

/**
 * Makes the demo's people and conversations, all or nothing, unless they are there already.
 * @returns the sign-ins that work
 */
export async function loadDemoData(dataSource: DataSource): Promise<SignIn[]> {
  if ((await findSignIns(dataSource)).length === 0) {
    const passwordHash = await new PasswordHasher().hash(PASSWORD);
    await dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [DEMO_LOCK]);
      if ((await findSignIns(manager)).length === 0) await load(manager, passwordHash);
    });
  }
  return findSignIns(dataSource);
}

async function load(manager: EntityManager, passwordHash: string): Promise<void> {
  const now = new Date();
  const random = new Random(1);
  const conversations = demoTalks(random).map((talk) => layOutTalk(talk, now, random));
  const users = await storeDemoUsers(manager, usersOf(conversations, now), passwordHash);
  const busy = await ownersOfConversations(manager, users);
  await storeDemoConversations(
    manager,
    conversations.filter(
      (conversation) =>
        !busy.has(conversation.talk.student.email) &&
        participants(conversation).every((email) => users.has(email)),
    ),
    users,
  );
  await manager.query('INSERT INTO demo_load DEFAULT VALUES ON CONFLICT DO NOTHING');
}

function usersOf(conversations: readonly DemoConversation[], now: Date): DemoUser[] {
  const aYearAgo = new Date(now.getTime() - 365 * DAYS * 60_000);
  const users = new Map<string, DemoUser>();
  for (const admin of Object.values(DEMO_ADMINS)) {
    users.set(admin.email, { ...admin, role: 'admin', createdAt: aYearAgo });
  }
  for (const { talk, userCreatedAt: createdAt } of conversations) {
    const known = users.get(talk.student.email);
    if (known && known.createdAt < createdAt) continue;
    users.set(talk.student.email, { ...talk.student, role: 'user', createdAt });
  }
  return [...users.values()];
}

function participants({ talk, messages }: DemoConversation): string[] {
  const senders = messages.map(({ senderEmail }) => senderEmail);
  return [...new Set([talk.student.email, DEMO_ADMINS[talk.admin].email, ...senders])];
}

/** Who of them has conversations already: those that outlived an earlier removal. */
async function ownersOfConversations(
  manager: EntityManager,
  users: DemoUserIds,
): Promise<Set<string>> {
  const rows = await manager.query<{ email: string }[]>(
    `SELECT u.email FROM auth_user u
     WHERE u.id = ANY ($1::bigint[])
       AND EXISTS (SELECT FROM chat_conversations c WHERE c.user_id = u.id)`,
    [[...users.values()]],
  );
  return new Set(rows.map(({ email }) => email));
}

async function findSignIns(database: DataSource | EntityManager): Promise<SignIn[]> {
  const rows = await database.query<{ email: string }[]>(
    `SELECT email FROM auth_user WHERE is_demo AND is_active AND lower(email) = ANY ($1::text[])`,
    [SIGN_INS.map(({ email }) => email)],
  );
  return SIGN_INS.filter((signIn) => rows.some(({ email }) => email === signIn.email));
}
