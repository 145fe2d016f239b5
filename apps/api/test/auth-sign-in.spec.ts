import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_ROUTES } from '@support-chat/contracts';
import { randomUUID } from 'node:crypto';
import { UserDirectory } from '../src/auth';
import { Browser } from './support/browser';
import {
  createTestApp,
  problemOf,
  TEST_PASSWORD,
  type Answer,
  type TestApp,
} from './support/test-app';

describe('sign-in under attack', () => {
  let api: TestApp;

  beforeAll(async () => {
    api = await createTestApp({ rateLimits: true });
  });
  afterAll(async () => api.close());

  async function newAccount(): Promise<string> {
    const email = `${randomUUID()}@school.test`;
    const users = api.app.get(UserDirectory);
    await users.create({ email, name: 'Sam', role: 'user', password: TEST_PASSWORD });
    return email;
  }

  const login = async (email: string, password: string): Promise<Answer> =>
    new Browser(api).login({ email, password });

  it('A035 refuses the sixth try in 5 min, even with the right password', async () => {
    const email = await newAccount();
    for (let i = 0; i < 5; i += 1) expect((await login(email, 'wrong')).status).toBe(401);
    for (const password of ['wrong', TEST_PASSWORD]) {
      const answer = await login(email, password);
      expect([answer.status, problemOf(answer).code]).toEqual([429, 'rate_limited']);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(290);
    }
  });

  it('A034 limits unknown accounts like known ones', async () => {
    const unknown = `${randomUUID()}@school.test`;
    const statuses: number[] = [];
    for (let i = 0; i < 6; i += 1) statuses.push((await login(unknown, 'wrong')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('A035 lets the owner in on a known device, signed out or not', async () => {
    const email = await newAccount();
    const owner = new Browser(api);
    await owner.login({ email, password: TEST_PASSWORD });
    await owner.logout();
    for (let i = 0; i < 6; i += 1) await login(email, 'wrong');
    expect((await login(email, TEST_PASSWORD)).status).toBe(429);
    expect((await owner.login({ email, password: TEST_PASSWORD })).status).toBe(200);
  });

  it("A035 gives a device's own tries to its own account only", async () => {
    const [email, other] = [await newAccount(), await newAccount()];
    const thief = new Browser(api);
    await thief.login({ email: other, password: TEST_PASSWORD });
    for (let i = 0; i < 5; i += 1) await thief.login({ email, password: 'wrong' });
    expect((await thief.login({ email, password: TEST_PASSWORD })).status).toBe(429);
  });

  it('A118 counts the real address, whatever headers say', async () => {
    const email = await newAccount();
    const statuses: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      const headers = { 'x-forwarded-for': `203.0.113.${i}`, 'x-real-ip': `203.0.113.${i}` };
      const browser = new Browser(api, { ...headers, forwarded: `for=203.0.113.${i}` });
      statuses.push((await browser.login({ email, password: 'wrong' })).status);
    }
    expect(statuses.at(-1)).toBe(429);
  });

  it('A041 bounds the hashing of 400 sign-ins at once, and refuses the rest', async () => {
    // Without the limits, which would refuse many before they are hashed.
    const open = await createTestApp({ rateLimits: false });
    try {
      const { email } = await open.person();
      const answers = await Promise.all(
        Array.from({ length: 400 }, async () => new Browser(open).login({ email, password: 'no' })),
      );
      const statuses = new Set(answers.map(({ status }) => status));
      expect([...statuses].sort()).toEqual([401, 503]);
      for (const answer of answers.filter(({ status }) => status === 503)) {
        expect(answer.headers['retry-after']).toBe('2');
      }
      const after = await new Browser(open).login({ email, password: TEST_PASSWORD });
      expect(after.status).toBe(200);
    } finally {
      await open.close();
    }
  });

  describe('from another site', () => {
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.test' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
    ];

    it.each(foreign)('A043 refresh is 403 and changes nothing with %j', async (headers) => {
      const browser = new Browser(api);
      await browser.login({ email: await newAccount(), password: TEST_PASSWORD });
      const before = [...browser.cookies];
      const answer = await browser.post(API_ROUTES.refresh, undefined, headers);
      expect([answer.status, problemOf(answer).code]).toEqual([403, 'forbidden']);
      expect([...browser.cookies]).toEqual(before);
      expect((await browser.refresh()).status).toBe(200);
    });

    it.each(foreign)('A043 logout is 403 and ends nothing with %j', async (headers) => {
      const browser = new Browser(api);
      await browser.login({ email: await newAccount(), password: TEST_PASSWORD });
      expect((await browser.logout(headers)).status).toBe(403);
      expect((await browser.refresh()).status).toBe(200);
    });

    it.each(foreign)('A043 login and register are 403 with %j', async (headers) => {
      const email = await newAccount();
      const body = { email, name: 'Sam', password: TEST_PASSWORD };
      const signIn = { email, password: TEST_PASSWORD };
      const browser = new Browser(api, headers);
      expect((await browser.login(signIn)).status).toBe(403);
      expect((await browser.register(body)).status).toBe(403);
      expect(browser.cookies.size).toBe(0);
    });

    it('A043 a form is refused', async () => {
      const browser = new Browser(api);
      await browser.login({ email: await newAccount(), password: TEST_PASSWORD });
      const answer = await browser.post(API_ROUTES.logout, 'x=1', {
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'https://evil.test',
      });
      expect([403, 415]).toContain(answer.status);
      expect((await browser.refresh()).status).toBe(200);
    });

    it('the own page passes', async () => {
      const browser = new Browser(api, {
        host: 'school.test:3000',
        origin: 'http://school.test:3000',
        'sec-fetch-site': 'same-origin',
      });
      const answer = await browser.login({ email: await newAccount(), password: TEST_PASSWORD });
      expect(answer.status).toBe(200);
      expect((await browser.refresh()).status).toBe(200);
    });
  });
});
