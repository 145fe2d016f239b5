import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { API_ROUTES, type Conversation, type UnreadCount } from '@support-chat/contracts';
import fc from 'fast-check';
import { eventually } from './support/eventually';
import { command, RECOUNT, runCommand, type Side } from './support/conversation-commands';
import { RedisServer } from './support/redis-server';
import { createSecondApp, createTestApp, type Person, type TestApp } from './support/test-app';

describe.each(['PostgreSQL', 'Redis'])('R12 unread counts, news by %s', (carrier) => {
  let redis: RedisServer | null = null;
  let test: TestApp;
  let second: NestFastifyApplication;
  let people: Record<Side, Person>;

  beforeAll(async () => {
    if (carrier === 'Redis') redis = await RedisServer.create();
    test = await createTestApp({ redisUrl: redis?.url ?? null });
    second = await createSecondApp(test);
    people = { user: await test.person(), admin: await test.person('admin') };
  });
  afterAll(async () => {
    await second.close();
    await test.close();
    await redis?.dispose();
  });

  const base = (id: number): string => `/api/chat/conversations/${id}/`;

  async function recount(id: number): Promise<Record<Side, number>> {
    const [row] = await test.dataSource.query<
      { is_exact: boolean; user_unread_count: number; admin_unread_count: number }[]
    >(RECOUNT, [id]);
    expect(row?.is_exact).toBe(true);
    return { user: row?.user_unread_count ?? -1, admin: row?.admin_unread_count ?? -1 };
  }

  const shown = async (person: Person, id: number): Promise<number> =>
    (await person.get<UnreadCount>(`${base(id)}unread-count/`)).body.unread_count;

  /** What each side is told in all, here and at another instance. */
  async function totals(side: Side): Promise<number[]> {
    const { token, get } = people[side];
    const [here, there] = await Promise.all([
      get<UnreadCount>(API_ROUTES.unreadCount),
      second.inject({
        url: API_ROUTES.unreadCount,
        headers: { authorization: `Bearer ${token}` },
      }),
    ]);
    return [here.body.unread_count, there.json<UnreadCount>().unread_count];
  }

  async function expectTrueTotals(): Promise<void> {
    const [sum] = await test.dataSource.query<Record<Side, number>[]>(
      `SELECT sum(user_unread_count) FILTER (WHERE user_id = $1)::int AS "user",
         sum(admin_unread_count)::int AS admin FROM chat_conversations`,
      [people.user.id],
    );
    for (const side of ['user', 'admin'] as const) {
      // News is on its way to the other instance.
      await eventually(async () => {
        expect([side, await totals(side)]).toEqual([side, [sum?.[side], sum?.[side]]]);
      });
    }
  }

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
          await runCommand(people, id, step);
          const counted = await recount(id);
          expect(await shown(people.user, id)).toBe(counted.user);
          expect(await shown(people.admin, id)).toBe(counted.admin);
          await expectTrueTotals();
        }
      }),
      { numRuns: 25 },
    );
  });

  it('always equal a recount, after any calls at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 8, maxLength: 40 }), async (steps) => {
        const id = await freshConversation();
        await Promise.all(steps.map(async (step) => runCommand(people, id, step)));
        await recount(id);
        await expectTrueTotals();
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
