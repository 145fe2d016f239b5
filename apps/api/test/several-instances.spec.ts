import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  API_ROUTES,
  type Conversation,
  type Message,
  type UnreadCount,
  type Updates,
} from '@support-chat/contracts';
import type { AddressInfo } from 'node:net';
import { NewsBus } from '../src/platform/bus/news-bus';
import { showFigures } from './drills/support/figures';
import { eventually } from './support/eventually';
import { RedisServer } from './support/redis-server';
import { createSecondApp, createTestApp, type Person, type TestApp } from './support/test-app';

/** The poll interval of the clients, and a second. */
const SEEN_MS = 4_000;
const RECOVERY_MS = 15_000;

async function listen(app: NestFastifyApplication): Promise<string> {
  await app.getHttpAdapter().getInstance().listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.getHttpServer().address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

describe.each([['PostgreSQL'], ['Redis']])('two instances, news by %s', (carrier) => {
  let redis: RedisServer | null = null;
  let one: TestApp;
  let other: NestFastifyApplication;
  let student: Person;
  let admin: Person;
  let path: string;
  let id: number;
  let here: string;
  let there: string;

  beforeAll(async () => {
    if (carrier === 'Redis') redis = await RedisServer.create();
    one = await createTestApp({ redisUrl: redis?.url ?? null, rateLimits: false });
    other = await createSecondApp(one);
    [here, there] = [await listen(one.app), await listen(other)];
    [student, admin] = [await one.person(), await one.person('admin')];
    id = (await student.get<Conversation>(API_ROUTES.myConversation)).body.id;
    path = API_ROUTES.updates(id);
  });
  afterAll(async () => {
    await other.close();
    await one.close();
    await redis?.dispose();
  });

  const call = async (
    origin: string,
    who: Person,
    route: string,
    body?: unknown,
  ): Promise<Response> =>
    fetch(origin + route, {
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      headers: {
        Authorization: `Bearer ${who.token}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
    });

  async function send(origin: string, who: Person): Promise<Message> {
    const sent = await call(origin, who, API_ROUTES.messages(id), { content: 'x' });
    expect(sent.status).toBe(201);
    return (await sent.json()) as Message;
  }

  const fresh = async (): Promise<void> =>
    eventually(() => {
      expect([one.app.get(NewsBus).isFresh, other.get(NewsBus).isFresh]).toEqual([true, true]);
    }, RECOVERY_MS);

  it('R10 what one has acknowledged, the other shows at once, a thousand times', async () => {
    await fresh();
    const missed: number[] = [];
    const rounds = 1_000;
    for (let n = 0; n < rounds; n += 1) {
      const [origin, elsewhere] = n % 2 === 0 ? [here, there] : [there, here];
      const { revision } = await send(origin, student);
      const poll = await call(elsewhere, student, `${path}?after=${revision - 1}`);
      const seen = poll.status === 200 ? ((await poll.json()) as Updates).revision : poll.status;
      if (seen !== revision) missed.push(n);
      // Now it is remembered there, too.
      expect((await call(elsewhere, student, `${path}?after=${revision}`)).status).toBe(204);
    }
    showFigures(`R10 ${carrier}`, { acknowledged: rounds, missed: missed.length });
    expect(missed).toEqual([]);
  }, 120_000);

  it('R12 unread counts are the same on both, and equal a recount', async () => {
    await fresh();
    const count = async (origin: string, who: Person): Promise<number> =>
      ((await (await call(origin, who, API_ROUTES.unreadCount)).json()) as UnreadCount)
        .unread_count;
    const recount = async (isFromAdmin: boolean): Promise<number> => {
      const [row] = await one.dataSource.query<{ n: number }[]>(
        'SELECT count(*) AS n FROM chat_messages WHERE from_admin = $1 AND NOT is_read',
        [isFromAdmin],
      );
      return row?.n ?? -1;
    };
    for (let n = 0; n < 30; n += 1) {
      const [writer, origin] = n % 3 === 0 ? [admin, there] : [student, here];
      await send(origin, writer);
      if (n % 5 === 4) await call(there, student, API_ROUTES.markConversationRead(id), {});
      if (n % 7 === 6) await call(here, admin, API_ROUTES.markConversationRead(id), {});
      const [ofStudent, ofAdmin] = [await recount(true), await recount(false)];
      for (const place of [here, there, there, here]) {
        expect(await count(place, student)).toBe(ofStudent);
        expect(await count(place, admin)).toBe(ofAdmin);
      }
    }
  });

  if (carrier === 'Redis') {
    it('R09 without Redis no send is refused, and the other shows every message in time', async () => {
      await fresh();
      let { revision } = await send(here, student);
      let [sends, late] = [0, 0];
      const sendAndSee = async (): Promise<void> => {
        const sent = await send(here, student);
        const since = performance.now();
        await eventually(async () => {
          const poll = await call(there, student, `${path}?after=${revision}`);
          expect(poll.status).toBe(200);
          expect(((await poll.json()) as Updates).revision).toBeGreaterThanOrEqual(sent.revision);
        }, SEEN_MS);
        sends += 1;
        late = Math.max(late, performance.now() - since);
        revision = sent.revision;
      };
      await redis?.kill();
      for (let n = 0; n < 200; n += 1) await sendAndSee();
      expect(one.app.get(NewsBus).isFresh).toBe(false);
      await redis?.start();
      for (let n = 0; n < 50; n += 1) await sendAndSee();
      await fresh();
      for (let n = 0; n < 50; n += 1) await sendAndSee();
      showFigures('R09', { sends, 'seen at the latest after ms': late });
      expect(late).toBeLessThan(SEEN_MS);
    }, 60_000);
  }
});

it('R09 starts without Redis, sends, and uses it when it comes', async () => {
  const redis = await RedisServer.create(false);
  const api = await createTestApp({ redisUrl: redis.url }, undefined, false);
  try {
    const bus = api.app.get(NewsBus);
    expect(bus.isFresh).toBe(false);
    const student = await api.person();
    const { id } = (await student.get<Conversation>(API_ROUTES.myConversation)).body;
    const sent = await student.post<Message>(API_ROUTES.messages(id), { content: 'x' });
    expect(sent.status).toBe(201);
    const updates = await student.get<Updates>(`${API_ROUTES.updates(id)}?after=0`);
    expect(updates.body.messages).toHaveLength(1);
    await redis.start();
    await eventually(() => {
      expect(bus.isFresh).toBe(true);
    }, RECOVERY_MS);
  } finally {
    await api.close();
    await redis.dispose();
  }
});
