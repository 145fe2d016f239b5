import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { UserDirectory } from '../src/auth';
import { showFigures } from './drills/support/figures';
import { Browser, setCookies } from './support/browser';
import { createTestApp, problemOf, TEST_PASSWORD, type TestApp } from './support/test-app';

describe('sessions', () => {
  let api: TestApp;
  let users: UserDirectory;

  beforeAll(async () => {
    api = await createTestApp();
    users = api.app.get(UserDirectory);
  });
  afterAll(async () => api.close());

  const newEmail = (): string => `${randomUUID()}@school.test`;

  async function account(role: 'user' | 'admin' = 'user'): Promise<{ id: number; email: string }> {
    const email = newEmail();
    const { id } = await users.create({ email, name: 'Sam', role, password: TEST_PASSWORD });
    return { id, email };
  }

  async function signedIn(headers: Record<string, string> = {}): Promise<{
    browser: Browser;
    token: string;
    id: number;
    email: string;
  }> {
    const { id, email } = await account();
    const browser = new Browser(api, headers);
    const { body } = await browser.login({ email, password: TEST_PASSWORD });
    return { browser, token: body.access_token, id, email };
  }

  /** Makes the tokens replaced so far look replaced `seconds` earlier than they were. */
  async function age(userId: number, seconds: number): Promise<void> {
    await api.dataSource.query(
      `UPDATE auth_refresh_token SET replaced_at = replaced_at - $2 * interval '1 s'
       WHERE user_id = $1`,
      [userId, seconds],
    );
  }

  describe('register', () => {
    it('makes a student and signs them in', async () => {
      const email = newEmail();
      const answer = await new Browser(api).register({
        email: ` ${email} `,
        name: ' Sam Student ',
        password: TEST_PASSWORD,
      });
      expect(answer.status).toBe(201);
      expect(answer.body).toEqual({
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 900,
        user: {
          id: expect.any(Number),
          email,
          name: 'Sam Student',
          role: 'user',
          created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        },
      });
      expect(answer.headers['cache-control']).toContain('no-store');
      const me = await new Browser(api).me(answer.body.access_token);
      expect(me.body).toEqual(answer.body.user);
    });

    it('takes one address once, whatever its case', async () => {
      const { email } = await account();
      const answer = await new Browser(api).register({
        email: email.toUpperCase(),
        name: 'Sam',
        password: TEST_PASSWORD,
      });
      expect([answer.status, problemOf(answer).code]).toEqual([409, 'email_taken']);
    });

    it('makes one account of fifty tries at once', async () => {
      const email = newEmail();
      const answers = await Promise.all(
        Array.from({ length: 50 }, async () =>
          new Browser(api).register({ email, name: 'Sam', password: TEST_PASSWORD }),
        ),
      );
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([201, ...Array.from({ length: 49 }, () => 409)]);
    });

    it.each(['role', 'is_active', 'email_verified', 'permissions', 'id', 'is_demo'])(
      'A013 refuses the field %s',
      async (field) => {
        const email = newEmail();
        const answer = await new Browser(api).post('/api/auth/register/', {
          email,
          name: 'Sam',
          password: TEST_PASSWORD,
          [field]: 'admin',
        });
        expect(answer.status).toBe(400);
        expect(problemOf(answer).errors).toEqual([
          expect.objectContaining({ field, code: 'unknown_field' }),
        ]);
        expect(await users.findByEmail(email)).toBeNull();
      },
    );

    it.each([
      ['email', 'a@x.test\r\nBcc: b@x.test', 'bad_format'],
      ['email', 'a b@x.test', 'bad_format'],
      ['email', 'a@b@x.test', 'bad_format'],
      ['email', 'Sam <sam@x.test>', 'bad_format'],
      ['email', 'ıi@x.test', 'bad_format'],
      ['email', 'a@\u212Aelvin.test', 'bad_format'],
      ['email', 'a@x.test\u0007', 'bad_format'],
      ['email', `${'a'.repeat(10_000)}@x.test`, 'too_long'],
      ['email', 7, 'wrong_type'],
      ['email', ['a@x.test'], 'wrong_type'],
      ['email', undefined, 'required'],
      ['password', '1234567', 'too_short'],
      ['password', '😀'.repeat(7), 'too_short'],
      ['password', 'x'.repeat(257), 'too_long'],
      ['password', { $ne: '' }, 'wrong_type'],
      ['name', '  ', 'too_short'],
      ['name', 'x'.repeat(101), 'too_long'],
      ['name', 'Sam\u0000', undefined],
      ['name', 'Sam\nAdmin', 'bad_format'],
      ['name', '\u202enimdA', 'bad_format'],
      ['name', null, 'required'],
    ])('A042 refuses the %s %j', async (field, value, code) => {
      const answer = await new Browser(api).post('/api/auth/register/', {
        email: newEmail(),
        name: 'Sam',
        password: TEST_PASSWORD,
        [field]: value,
      });
      expect(answer.status).toBe(400);
      if (code === undefined) return;
      expect(problemOf(answer).errors).toEqual([expect.objectContaining({ field, code })]);
    });

    it('takes the password as typed, spaces and all', async () => {
      const email = newEmail();
      const password = '  pässwörd 😀 ';
      await new Browser(api).register({ email, name: 'Sam', password });
      const trimmed = await new Browser(api).login({ email, password: password.trim() });
      expect(trimmed.status).toBe(401);
      const typed = await new Browser(api).login({ email, password });
      expect(typed.status).toBe(200);
    });

    it('is closed when switched off', async () => {
      const closed = await createTestApp({ registration: false });
      try {
        const answer = await new Browser(closed).register({
          email: newEmail(),
          name: 'Sam',
          password: TEST_PASSWORD,
        });
        expect([answer.status, problemOf(answer).code]).toEqual([403, 'registration_closed']);
      } finally {
        await closed.close();
      }
    });
  });

  describe('login', () => {
    it('knows the address in any case', async () => {
      const { id, email } = await account();
      const answer = await new Browser(api).login({
        email: ` ${email.toUpperCase()}`,
        password: TEST_PASSWORD,
      });
      expect([answer.status, answer.body.user.id]).toEqual([200, id]);
    });

    it('A034 answers unknown, wrong and disabled alike', async () => {
      const { email } = await account();
      const disabled = await account();
      await users.setActive(disabled.id, false);
      const answers = await Promise.all([
        new Browser(api).login({ email: newEmail(), password: TEST_PASSWORD }),
        new Browser(api).login({ email, password: 'wrong' }),
        new Browser(api).login({ email: disabled.email, password: TEST_PASSWORD }),
        new Browser(api).login({ email: 'no address', password: TEST_PASSWORD }),
      ]);
      const seen = answers.map((answer) => {
        const { instance: _, ...problem } = problemOf(answer);
        const { 'x-request-id': __, date: ___, ...headers } = answer.headers;
        return { status: answer.status, problem, headers };
      });
      expect(seen[0]).toMatchObject({ status: 401, problem: { code: 'bad_credentials' } });
      expect(seen[0]?.headers).toMatchObject({ 'www-authenticate': 'Bearer' });
      for (const other of seen) expect(other).toEqual(seen[0]);
    });

    it('A034 takes the same time for unknown, wrong and disabled', async () => {
      const { email } = await account();
      const disabled = await account();
      await users.setActive(disabled.id, false);
      const medians = await medianTimes(40, [
        async () => new Browser(api).login({ email: newEmail(), password: 'wrong one' }),
        async () => new Browser(api).login({ email, password: 'wrong one' }),
        async () => new Browser(api).login({ email: disabled.email, password: TEST_PASSWORD }),
      ]);
      expect(Math.max(...medians) - Math.min(...medians)).toBeLessThan(10);
    });

    it('A045 ends the session used longest ago when there are too many', async () => {
      const { email } = await account();
      const first = new Browser(api);
      const { body } = await first.login({ email, password: TEST_PASSWORD });
      await Promise.all(
        Array.from({ length: 50 }, async () =>
          new Browser(api).login({ email, password: TEST_PASSWORD }),
        ),
      );
      expect((await first.me(body.access_token)).status).toBe(401);
      expect((await first.refresh()).status).toBe(401);
    });
  });

  describe('the refresh cookie', () => {
    it('A043 is out of reach for scripts, other sites and other paths', async () => {
      const { browser } = await signedIn();
      const cookies = setCookies(await browser.refresh());
      expect(cookies).toHaveLength(1);
      expect(cookies[0]).toMatch(/^support_chat_refresh_support=[\w-]{43};/);
      expect(cookies[0]).toMatch(/; HttpOnly(;|$)/);
      expect(cookies[0]).toMatch(/; SameSite=Strict(;|$)/);
      expect(cookies[0]).toMatch(/; Path=\/api\/auth(;|$)/);
      expect(cookies[0]).toMatch(/; Max-Age=2592000(;|$)/);
      expect(cookies[0]).not.toMatch(/Secure|Domain/);
    });

    it('A043 travels only encrypted where the site is https', async () => {
      const secure = await createTestApp({ publicUrl: 'https://school.example' });
      try {
        const { email } = await secure.person();
        const answer = await new Browser(secure).login({ email, password: TEST_PASSWORD });
        expect(setCookies(answer)).toHaveLength(2);
        for (const cookie of setCookies(answer)) expect(cookie).toMatch(/; Secure(;|$)/);
      } finally {
        await secure.close();
      }
    });

    it('is stored only as a hash', async () => {
      const { browser, id } = await signedIn();
      const [token = ''] = browser.cookies.values();
      const rows = await api.dataSource.query<object[]>(
        `SELECT * FROM auth_refresh_token WHERE user_id = $1`,
        [id],
      );
      expect(rows).toHaveLength(1);
      expect(JSON.stringify(rows)).not.toContain(token);
    });

    it('is one for each app, so that they do not sign each other out', async () => {
      const student = await account();
      const admin = await account('admin');
      const page = new Browser(api, { 'x-app': 'support' });
      const signIn = await page.login({ email: student.email, password: TEST_PASSWORD });
      const console = new Browser(api, { 'x-app': 'admin' });
      for (const [name, value] of page.cookies) console.cookies.set(name, value);
      await console.login({ email: admin.email, password: TEST_PASSWORD });
      expect([...console.cookies.keys()].sort()).toEqual([
        'support_chat_device_admin',
        'support_chat_device_support',
        'support_chat_refresh_admin',
        'support_chat_refresh_support',
      ]);
      expect((await console.refresh()).body.user.id).toBe(admin.id);
      await console.logout();
      expect((await page.me(signIn.body.access_token)).status).toBe(200);
      expect((await page.refresh()).body.user.id).toBe(student.id);
    });

    it('of a client that names no app is that of whoever signed in last', async () => {
      const student = await account();
      const admin = await account('admin');
      const browser = new Browser(api);
      await browser.login({ email: student.email, password: TEST_PASSWORD });
      await browser.login({ email: admin.email, password: TEST_PASSWORD });
      expect((await browser.refresh()).body.user.id).toBe(admin.id);
      await browser.login({ email: student.email, password: TEST_PASSWORD });
      expect((await browser.refresh()).body.user.id).toBe(student.id);
    });
  });

  describe('refresh', () => {
    it('R16 gives two tabs at once the same successor, 100 times of 100', async () => {
      const { browser } = await signedIn();
      let same = 0;
      for (let round = 0; round < 100; round += 1) {
        const tab = browser.copy();
        const [one, two] = await Promise.all([browser.refresh(), tab.refresh()]);
        const isSame = setCookies(one)[0] === setCookies(two)[0];
        if (one.status === 200 && two.status === 200 && isSame) same += 1;
      }
      showFigures('R16', { rounds: 100, 'same successor': same });
      expect(same).toBe(100);
    });

    it('R16 gives the same successor again when the answer was lost', async () => {
      const { browser } = await signedIn();
      const lost = browser.copy();
      const first = await browser.refresh();
      const again = await lost.refresh();
      expect(again.status).toBe(200);
      expect(setCookies(again)).toEqual(setCookies(first));
      expect((await browser.refresh()).status).toBe(200);
    });

    it('R16 leads a tab that is two refreshes behind to the newest token', async () => {
      const { browser } = await signedIn();
      const late = browser.copy();
      await browser.refresh();
      const newest = await browser.refresh();
      expect(setCookies(await late.refresh())).toEqual(setCookies(newest));
    });

    it('R16 ends the whole family when a token is used again after the grace', async () => {
      const { browser, token, id } = await signedIn();
      const thief = browser.copy();
      await browser.refresh();
      await age(id, 11);
      const theft = await thief.refresh();
      expect([theft.status, problemOf(theft).code]).toEqual([401, 'unauthenticated']);
      expect((await browser.refresh()).status).toBe(401);
      expect((await browser.me(token)).status).toBe(401);
    });

    it('R16 refuses the grace to a thief of an older token', async () => {
      const { browser, id } = await signedIn();
      const thief = browser.copy();
      await browser.refresh();
      await age(id, 11);
      await browser.refresh();
      expect((await thief.refresh()).status).toBe(401);
      expect((await browser.refresh()).status).toBe(401);
    });

    it('ends no other session of the same user when one is stolen', async () => {
      const { browser, id, email } = await signedIn();
      const other = new Browser(api);
      await other.login({ email, password: TEST_PASSWORD });
      const thief = browser.copy();
      await browser.refresh();
      await age(id, 11);
      await thief.refresh();
      expect((await other.refresh()).status).toBe(200);
    });

    it('lasts 30 days from its last use', async () => {
      const { browser, id } = await signedIn();
      await api.dataSource.query(
        `UPDATE auth_refresh_token SET expires_at = now() + interval '1 min' WHERE user_id = $1`,
        [id],
      );
      expect((await browser.refresh()).status).toBe(200);
      const [row] = await api.dataSource.query<{ days: number }[]>(
        `SELECT round(extract(epoch FROM max(expires_at) - now()) / 86400)::int AS days
         FROM auth_refresh_token WHERE user_id = $1`,
        [id],
      );
      expect(row?.days).toBe(30);
      await api.dataSource.query(
        `UPDATE auth_refresh_token SET expires_at = now() WHERE user_id = $1`,
        [id],
      );
      expect((await browser.refresh()).status).toBe(401);
    });

    it.each([
      ['none', undefined],
      ['unknown', 'A'.repeat(43)],
      ['short', 'A'],
      ['long', 'A'.repeat(4000)],
      ['no token', '%00%ff;'],
    ])('refuses a cookie that is %s', async (_, value) => {
      const browser = new Browser(api);
      if (value !== undefined) browser.cookies.set('support_chat_refresh_support', value);
      const answer = await browser.refresh();
      expect([answer.status, problemOf(answer).code]).toEqual([401, 'unauthenticated']);
      expect(setCookies(answer)).toEqual([]);
    });

    it('refuses a body', async () => {
      const { browser } = await signedIn();
      expect((await browser.post('/api/auth/refresh/', { refresh_token: 'x' })).status).toBe(400);
      expect((await browser.post('/api/auth/refresh/', {})).status).toBe(200);
    });

    it('brings a new name and role', async () => {
      const { browser, id } = await signedIn();
      await users.setRole(id, 'admin');
      expect((await browser.refresh()).body.user).toMatchObject({ role: 'admin' });
    });

    it('clears away expired tokens at the next sign-in', async () => {
      const { id, email } = await signedIn();
      await api.dataSource.query(
        `UPDATE auth_refresh_token SET expires_at = now() - interval '1 s' WHERE user_id = $1`,
        [id],
      );
      await new Browser(api).login({ email, password: TEST_PASSWORD });
      const [row] = await api.dataSource.query<{ left: number }[]>(
        `SELECT count(*)::int AS left FROM auth_refresh_token WHERE user_id = $1`,
        [id],
      );
      expect(row?.left).toBe(1);
    });
  });

  describe('logout', () => {
    it('R17 ends cookie, family and access tokens', async () => {
      const { browser, token } = await signedIn();
      expect((await browser.me(token)).status).toBe(200);
      const kept = browser.copy();
      const answer = await browser.logout();
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(answer.headers['clear-site-data']).toBe('"cache"');
      expect([...browser.cookies.keys()]).toEqual(['support_chat_device_support']);
      expect((await browser.me(token)).status).toBe(401);
      expect((await kept.refresh()).status).toBe(401);
    });

    it('works without a cookie', async () => {
      expect((await new Browser(api).logout()).status).toBe(204);
      const broken = await new Browser(api).logout({ authorization: 'Bearer x.y.z' });
      expect(broken.status).toBe(204);
    });

    it('R17 ends the session of a bearer token that comes without a cookie', async () => {
      const { browser, token } = await signedIn();
      await new Browser(api).logout({ authorization: `Bearer ${token}` });
      expect((await browser.me(token)).status).toBe(401);
      expect((await browser.refresh()).status).toBe(401);
    });

    it('R17 wins against refreshes under way', async () => {
      for (let round = 0; round < 20; round += 1) {
        const { browser } = await signedIn();
        const tabs = [browser.copy(), browser.copy(), browser.copy()];
        const [, ...answers] = await Promise.all([
          browser.copy().logout(),
          ...tabs.map(async (tab) => tab.refresh()),
        ]);
        for (const { status, body } of answers) {
          if (status === 200) expect((await browser.me(body.access_token)).status).toBe(401);
        }
        for (const tab of tabs) expect((await tab.refresh()).status).toBe(401);
      }
    });
  });
});

/** Median milliseconds of each action, taken in turns so that a slow moment meets them all. */
async function medianTimes(rounds: number, actions: (() => Promise<unknown>)[]): Promise<number[]> {
  const times = actions.map(() => [] as number[]);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, action] of actions.entries()) {
      const start = performance.now();
      await action();
      times[index]?.push(performance.now() - start);
    }
  }
  return times.map((all) => all.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN);
}
