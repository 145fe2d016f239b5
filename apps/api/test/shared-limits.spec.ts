import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_ROUTES, type Conversation } from '@support-chat/contracts';
import { NewsBus } from '../src/platform/bus/news-bus';
import { eventually } from './support/eventually';
import { RedisServer } from './support/redis-server';
import { createSecondApp, createTestApp, TEST_PASSWORD, type TestApp } from './support/test-app';

describe('limits of two instances with Redis', () => {
  let redis: RedisServer;
  let one: TestApp;
  let other: NestFastifyApplication;

  beforeAll(async () => {
    redis = await RedisServer.create();
    one = await createTestApp({ redisUrl: redis.url, rateLimits: true });
    other = await createSecondApp(one);
  });
  afterAll(async () => {
    await other.close();
    await one.close();
    await redis.dispose();
  });

  /** How many of 100 messages, sent at once by a new student, each instance took. */
  async function accepted(apps: NestFastifyApplication[]): Promise<number> {
    const student = await one.person();
    const { id } = (await student.get<Conversation>(API_ROUTES.myConversation)).body;
    const sending = Array.from({ length: 100 }, async (_, n) =>
      apps[n % apps.length]?.inject({
        method: 'POST',
        url: API_ROUTES.messages(id),
        headers: { authorization: `Bearer ${student.token}` },
        payload: { content: 'x' },
      }),
    );
    const statuses = (await Promise.all(sending)).map((answer) => answer?.statusCode);
    const refused = statuses.filter((status) => status === 429).length;
    const taken = statuses.filter((status) => status === 201).length;
    expect(refused + taken).toBe(100);
    return taken;
  }

  const login = async (email: string, password: string): Promise<number> =>
    (await one.request({ method: 'POST', path: API_ROUTES.login, body: { email, password } }))
      .status;

  it('R26 exactly 30 of 100 sends at once pass, on one instance and over two', async () => {
    expect(await accepted([one.app])).toBe(30);
    expect(await accepted([one.app, other])).toBe(30);
  });

  it('R09 R26 a frozen Redis holds up no send, also while others go on', async () => {
    const student = await one.person();
    const { id } = (await student.get<Conversation>(API_ROUTES.myConversation)).body;
    redis.freeze();
    try {
      const sends: Promise<number>[] = [];
      for (let n = 0; n < 24; n += 1) {
        sends.push(
          student.post(API_ROUTES.messages(id), { content: 'x' }).then(({ status }) => status),
        );
        // Each of them writes to the connection, which so never looks idle.
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      expect(new Set(await Promise.all(sends))).toEqual(new Set([201]));
    } finally {
      redis.thaw();
    }
    await eventually(() => {
      expect(one.app.get(NewsBus).isFresh).toBe(true);
    });
  }, 30_000);

  it('R26 failed sign-ins on one instance count on the other', async () => {
    const { email } = await one.person();
    for (let n = 0; n < 5; n += 1) expect(await login(email, 'wrong password')).toBe(401);
    const elsewhere = await other.inject({
      method: 'POST',
      url: API_ROUTES.login,
      payload: { email, password: TEST_PASSWORD },
    });
    expect(elsewhere.statusCode).toBe(429);
  });

  it('R26 without Redis nobody signs in, and each instance counts sends on its own', async () => {
    const { email, token } = await one.person();
    await redis.kill();
    expect(await login(email, TEST_PASSWORD)).toBe(503);
    const headers = { authorization: `Bearer ${token}` };
    const mine = await one.app.inject({ url: API_ROUTES.myConversation, headers });
    const url = API_ROUTES.messages(mine.json<Conversation>().id);
    const statuses: number[] = [];
    for (let n = 0; n < 32; n += 1) {
      const payload = { content: 'x' };
      const sent = await one.app.inject({ method: 'POST', url, headers, payload });
      statuses.push(sent.statusCode);
    }
    expect(statuses).toEqual([...Array<number>(30).fill(201), 429, 429]);
    await redis.start();
  });
});
