import type { Conversation, Message, UnreadCount, Updates } from '@support-chat/contracts';
import fc from 'fast-check';
import { createTestApp, type Person, type TestApp } from './support/test-app';

type Command =
  | { kind: 'send'; by: 'user' | 'admin' }
  | { kind: 'read'; by: 'user' | 'admin' }
  | { kind: 'read-some'; by: 'user' | 'admin'; pick: number }
  | { kind: 'deliver'; by: 'user' | 'admin'; seq: number }
  | { kind: 'close' };

const side = fc.constantFrom<'user' | 'admin'>('user', 'admin');
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send' as const), by: side }) },
  fc.record({ kind: fc.constant('read' as const), by: side }),
  fc.record({ kind: fc.constant('read-some' as const), by: side, pick: fc.nat() }),
  fc.record({ kind: fc.constant('deliver' as const), by: side, seq: fc.nat(30) }),
  fc.record({ kind: fc.constant('close' as const) }),
);

const RECOUNT = `SELECT
  c.user_unread_count = count(m.id) FILTER (WHERE m.from_admin AND NOT m.is_read)
    AND c.admin_unread_count = count(m.id) FILTER (WHERE NOT m.from_admin AND NOT m.is_read)
    AND c.message_count = count(m.id) AND c.message_count = coalesce(max(m.seq), 0)
    AND c.revision >= coalesce(max(m.revision), 0)
    AND count(m.id) = count(DISTINCT m.revision) AS is_exact,
  c.user_unread_count, c.admin_unread_count
  FROM chat_conversations c LEFT JOIN chat_messages m ON m.conversation_id = c.id
  WHERE c.id = $1 GROUP BY c.id`;

describe('R12 unread counts', () => {
  let test: TestApp;
  let people: Record<'user' | 'admin', Person>;

  beforeAll(async () => {
    test = await createTestApp();
    people = { user: await test.person(), admin: await test.person('admin') };
  });
  afterAll(async () => test.close());

  const base = (id: number): string => `/api/chat/conversations/${id}/`;

  async function run(id: number, step: Command): Promise<void> {
    if (step.kind === 'close') {
      await people.admin.post(`/api/admin/conversations/${id}/close/`);
    } else if (step.kind === 'send') {
      await people[step.by].post(`${base(id)}messages/`, { content: 'x' });
    } else if (step.kind === 'read') {
      await people[step.by].post(`${base(id)}mark-read/`);
    } else if (step.kind === 'deliver') {
      await people[step.by].post(`${base(id)}delivered/`, { seq: step.seq });
    } else {
      const { status, body } = await people[step.by].get<Updates>(`${base(id)}updates/`);
      const messages: Message[] = status === 204 ? [] : body.messages;
      const ids = messages.map(({ id: messageId }) => messageId);
      const picked = ids.filter((_, n) => n % 3 === step.pick % 3);
      if (picked.length > 0)
        await people[step.by].post('/api/chat/messages/mark-read/', { message_ids: picked });
    }
  }

  async function recount(id: number): Promise<Record<'user' | 'admin', number>> {
    const [row] = await test.dataSource.query<
      { is_exact: boolean; user_unread_count: number; admin_unread_count: number }[]
    >(RECOUNT, [id]);
    expect(row?.is_exact).toBe(true);
    return { user: row?.user_unread_count ?? -1, admin: row?.admin_unread_count ?? -1 };
  }

  const shown = async (person: Person, id: number): Promise<number> =>
    (await person.get<UnreadCount>(`${base(id)}unread-count/`)).body.unread_count;

  async function freshConversation(): Promise<number> {
    await test.dataSource.query(
      'UPDATE chat_conversations SET is_active = false WHERE user_id = $1',
      [people.user.id],
    );
    return (await people.user.post<Conversation>('/api/chat/conversation/')).body.id;
  }

  it('always equal a recount, after any calls one after another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 15 }), async (steps) => {
        const id = await freshConversation();
        for (const step of steps) {
          await run(id, step);
          const counted = await recount(id);
          expect(await shown(people.user, id)).toBe(counted.user);
          expect(await shown(people.admin, id)).toBe(counted.admin);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('always equal a recount, after any calls at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 8, maxLength: 40 }), async (steps) => {
        const id = await freshConversation();
        await Promise.all(steps.map(async (step) => run(id, step)));
        await recount(id);
      }),
      { numRuns: 15 },
    );
  });

  it('the total of a caller is the sum over their conversations, at once after each change', async () => {
    const total = async (person: Person): Promise<number> =>
      (await person.get<UnreadCount>('/api/chat/unread-count/')).body.unread_count;
    const id = await freshConversation();
    const [userBefore, adminBefore] = [await total(people.user), await total(people.admin)];
    await people.admin.post(`${base(id)}messages/`, { content: 'x' });
    expect(await total(people.user)).toBe(userBefore + 1);
    await people.user.post(`${base(id)}messages/`, { content: 'x' });
    expect(await total(people.admin)).toBe(adminBefore + 1);
    await people.user.post(`${base(id)}mark-read/`);
    expect(await total(people.user)).toBe(userBefore);
    await people.admin.post(`${base(id)}mark-read/`);
    expect(await total(people.admin)).toBe(adminBefore);
  });
});
