import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { JwtService } from '@nestjs/jwt';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { API_ROUTES } from '@support-chat/contracts';
import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { UserDirectory } from '../src/auth';
import { NewsBus } from '../src/platform/bus/news-bus';
import { Database } from '../src/platform/database/database';
import { eventually } from './support/eventually';
import {
  createSecondApp,
  createTestApp,
  problemOf,
  TEST_JWT_SECRET,
  TEST_PASSWORD,
  type Answer,
  type Person,
  type TestApp,
} from './support/test-app';

describe('access', () => {
  let api: TestApp;
  let users: UserDirectory;
  let sam: Person;

  beforeAll(async () => {
    api = await createTestApp();
    users = api.app.get(UserDirectory);
    sam = await api.person();
    // So that taking an admin's role away leaves one.
    await api.person('admin');
  });
  afterAll(async () => api.close());

  const me = async (headers: Record<string, string>): Promise<Answer> =>
    api.request({ method: 'GET', path: API_ROUTES.me, headers });
  const meWith = async (token: string): Promise<Answer> => me({ authorization: `Bearer ${token}` });

  /** One answer for every cause but a genuine token that has expired. */
  function expectUnauthenticated(answer: Answer, code = 'unauthenticated'): void {
    expect([answer.status, problemOf(answer).code]).toEqual([401, code]);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.headers['content-type']).toContain('application/problem+json');
    const { instance, ...body } = problemOf(answer);
    expect(instance).toBe(answer.headers['x-request-id']);
    if (code === 'unauthenticated') expect(body).toEqual(nobody);
  }
  const nobody = {
    type: '/problems/unauthenticated',
    title: 'Unauthenticated',
    status: 401,
    detail: 'Sign in first.',
    code: 'unauthenticated',
  };

  describe('the Authorization header', () => {
    it.each([
      ['none', {}],
      ['empty', { authorization: '' }],
      ['Basic', { authorization: 'Basic c2FtOnNlY3JldA==' }],
      ['a bare scheme', { authorization: 'Bearer' }],
      ['9 kB', { authorization: `Bearer ${'x'.repeat(9_000)}` }],
      ['no JWT', { authorization: 'Bearer x' }],
      ['three dots', { authorization: 'Bearer ...' }],
    ])('A023 %s is 401', async (_, headers) => {
      expectUnauthenticated(await me(headers));
    });

    it('A023 given twice is 401, even with a good token', async () => {
      await api.app.listen(0, '127.0.0.1');
      const url = `${await api.app.getUrl()}${API_ROUTES.me}`;
      const header = ['Authorization', `Bearer ${sam.token}`];
      const get = async (headers: string[]): Promise<number | undefined> => {
        const [response] = (await once(
          request(url, { headers: ['Host', 'localhost', ...headers] }).end(),
          'response',
        )) as [IncomingMessage];
        response.resume();
        return response.statusCode;
      };
      expect(await get(header)).toBe(200);
      expect(await get([...header, ...header])).toBe(401);
    });
  });

  describe('a token', () => {
    const now = (): number => Math.floor(Date.now() / 1000);
    const claims = (): Record<string, unknown> =>
      api.app.get(JwtService, { strict: false }).decode<Record<string, unknown>>(sam.token);

    /** A token signed with the server's own secret, or any other key. */
    function sign(
      payload: object,
      header: object = { alg: 'HS256', typ: 'JWT' },
      key: string | Buffer = TEST_JWT_SECRET,
    ): string {
      const encode = (part: object): string =>
        Buffer.from(JSON.stringify(part)).toString('base64url');
      const signed = `${encode(header)}.${encode(payload)}`;
      return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
    }

    it('is good as issued, and signed as this test signs', async () => {
      expect((await meWith(sam.token)).status).toBe(200);
      expect((await meWith(sign(claims()))).status).toBe(200);
    });

    it('says nothing but who, for what and how long', () => {
      expect(claims()).toEqual({
        iss: 'support-chat',
        aud: 'support-chat-api',
        sub: String(sam.id),
        sid: expect.any(String),
        jti: expect.any(String),
        iat: expect.any(Number),
        exp: Number(claims()['iat']) + 900,
      });
    });

    it('A025 signed with another key, or none, is 401', async () => {
      const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const pem = publicKey.export({ type: 'spki', format: 'pem' });
      const der = publicKey.export({ type: 'spki', format: 'der' });
      for (const key of [pem, der, ` ${String(pem)}`, '', ` ${TEST_JWT_SECRET}`]) {
        expectUnauthenticated(await meWith(sign(claims(), undefined, key)));
      }
      const [header = '', payload = '', signature = ''] = sam.token.split('.');
      const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
      for (const token of [
        `${header}.${payload}.`,
        `${none}.${payload}.`,
        `${none}.${payload}.${signature}`,
        `${header}.${payload}.${signature.slice(0, -2)}`,
        `${header}.${payload}`,
        `${sam.token}.${signature}`,
      ]) {
        expectUnauthenticated(await meWith(token));
      }
    });

    it.each([
      ['HS512', { alg: 'HS512', typ: 'JWT' }],
      ['RS256', { alg: 'RS256', typ: 'JWT' }],
      ['none', { alg: 'none' }],
      ['a list', { alg: ['HS256'] }],
      ['kid path', { alg: 'HS256', kid: '../../dev/null' }],
      ['kid SQL', { alg: 'HS256', kid: "' OR 1=1 --" }],
      ['kid list', { alg: 'HS256', kid: [] }],
      ['jku', { alg: 'HS256', jku: 'http://127.0.0.1:9/keys' }],
      ['x5u', { alg: 'HS256', x5u: 'http://127.0.0.1:9/cert' }],
      ['jwk', { alg: 'HS256', jwk: { kty: 'oct', k: 'AA' } }],
      ['x5c', { alg: 'HS256', x5c: ['AA'] }],
      ['crit', { alg: 'HS256', crit: ['exp'] }],
      ['b64', { alg: 'HS256', b64: false, crit: ['b64'] }],
      ['zip', { alg: 'HS256', zip: 'DEF' }],
      ['nested', { alg: 'HS256', cty: 'JWT' }],
      ['encrypted', { alg: 'dir', enc: 'A256GCM' }],
    ])('A026 A027 with the header of %s is 401', async (_, header) => {
      expectUnauthenticated(await meWith(sign(claims(), header)));
    });

    it.each<[string, () => object]>([
      ['another issuer', () => ({ iss: 'other' })],
      ['no issuer', () => ({ iss: undefined })],
      ['another audience', () => ({ aud: 'other' })],
      ['no audience', () => ({ aud: undefined })],
      ['no exp', () => ({ exp: undefined })],
      ['exp as text', () => ({ exp: String(now() + 900) })],
      ['ten years', () => ({ exp: now() + 315_360_000 })],
      ['nbf in the future', () => ({ nbf: now() + 120 })],
      ['iat in the future', () => ({ iat: now() + 120, exp: now() + 900 })],
      ['no iat', () => ({ iat: undefined })],
    ])('A029 with %s is 401', async (_, changes) => {
      expectUnauthenticated(await meWith(sign({ ...claims(), ...changes() })));
    });

    it.each<[string, unknown]>([
      ['missing', undefined],
      ['null', null],
      ['empty', ''],
      ['an object', {}],
      ['a list', [1]],
      ['a number', 1],
      ['nobody', '9007199254740991'],
      ['SQL', '1 OR 1=1'],
    ])('A030 with a sub that is %s is 401', async (_, sub) => {
      expectUnauthenticated(await meWith(sign({ ...claims(), sub })));
    });

    it('A030 of one user with the session of another is 401', async () => {
      const other = await api.person();
      expectUnauthenticated(await meWith(sign({ ...claims(), sub: String(other.id) })));
      expectUnauthenticated(await meWith(sign({ ...claims(), sid: randomUUID() })));
    });

    it('that is genuine but over is told so', async () => {
      const over = { iat: now() - 901, exp: now() - 1 };
      expectUnauthenticated(await meWith(sign({ ...claims(), ...over })), 'token_expired');
      const forged = sign({ ...claims(), ...over }, undefined, 'another secret');
      expectUnauthenticated(await meWith(forged));
    });

    it('of a deleted user is 401', async () => {
      const gone = await api.person();
      expect((await meWith(gone.token)).status).toBe(200);
      await api.dataSource.query('DELETE FROM auth_user WHERE id = $1', [gone.id]);
      await eventually(async () => {
        expectUnauthenticated(await meWith(gone.token));
      });
    });
  });

  describe('what changed', () => {
    it('A031 a disabled user is out at the next call, and for good', async () => {
      const person = await api.person();
      expect((await meWith(person.token)).status).toBe(200);
      await users.setActive(person.id, false);
      expectUnauthenticated(await meWith(person.token));
      await users.setActive(person.id, true);
      expectUnauthenticated(await meWith(person.token));
    });

    it('A031 a new password ends every session', async () => {
      const person = await api.person();
      expect((await meWith(person.token)).status).toBe(200);
      await users.setPassword(person.id, 'another password');
      expectUnauthenticated(await meWith(person.token));
      const login = async (password: string): Promise<number> => {
        const body = { email: person.email, password };
        return (await api.request({ method: 'POST', path: API_ROUTES.login, body })).status;
      };
      expect(await login(TEST_PASSWORD)).toBe(401);
      expect(await login('another password')).toBe(200);
    });

    it('A031 a new role counts at the next call, whatever the token was issued for', async () => {
      const person = await api.person('admin');
      expect((await person.get(API_ROUTES.conversations)).status).toBe(200);
      await users.setRole(person.id, 'user');
      const answer = await person.get(API_ROUTES.conversations);
      expect([answer.status, problemOf(answer).code]).toEqual([403, 'forbidden']);
      await users.setRole(person.id, 'admin');
      expect((await person.get(API_ROUTES.conversations)).status).toBe(200);
    });

    it('A129 the last administrator stays, whoever takes it away at the same time', async () => {
      const alone = await createTestApp();
      try {
        const directory = alone.app.get(UserDirectory);
        const ada = await alone.person('admin');
        const bob = await alone.person('admin');
        const results = await Promise.allSettled([
          directory.setActive(ada.id, false),
          directory.setRole(bob.id, 'user'),
        ]);
        expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        const admins = await directory.listAdmins();
        expect(admins.filter(({ isActive }) => isActive)).toHaveLength(1);
      } finally {
        await alone.close();
      }
    });
  });

  describe('R17 on another instance', () => {
    let second: NestFastifyApplication;

    beforeAll(async () => {
      second = await createSecondApp(api);
    });
    afterAll(async () => second.close());

    const meThere = async (token: string): Promise<number> => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await second.inject({ method: 'GET', url: API_ROUTES.me, headers });
      return answer.statusCode;
    };

    it.each<[string, (person: Person) => Promise<unknown>]>([
      ['logout', async ({ post }) => post(API_ROUTES.logout)],
      ['a disabled account', async ({ id }) => users.setActive(id, false)],
      ['a new password', async ({ id }) => users.setPassword(id, 'another password')],
    ])('%s ends what that one remembers', async (_, change) => {
      const person = await api.person();
      expect(await meThere(person.token)).toBe(200);
      await change(person);
      await eventually(async () => {
        expect(await meThere(person.token)).toBe(401);
      });
    });
  });

  describe('memory', () => {
    const statements = async (work: () => Promise<unknown>): Promise<number> => {
      const database = api.app.get(Database);
      const spy = jest.spyOn(database, 'rows');
      try {
        await work();
        return spy.mock.calls.filter(([{ name }]) => name === 'auth_find_callers').length;
      } finally {
        spy.mockRestore();
      }
    };

    it('answers for a token seen before without asking the database', async () => {
      const person = await api.person();
      const poll = async (): Promise<unknown> => meWith(person.token);
      expect(await statements(poll)).toBe(1);
      expect(await statements(poll)).toBe(0);
    });

    it('is not trusted while news may be missed', async () => {
      const person = await api.person();
      const poll = async (): Promise<unknown> => meWith(person.token);
      await poll();
      const bus = api.app.get(NewsBus);
      const isFresh = jest.spyOn(bus, 'isFresh', 'get').mockReturnValue(false);
      try {
        expect(await statements(poll)).toBe(1);
        await api.dataSource.query('UPDATE auth_user SET is_active = false WHERE id = $1', [
          person.id,
        ]);
        expectUnauthenticated(await meWith(person.token));
      } finally {
        isFresh.mockRestore();
      }
    });

    it('is emptied when the news connection breaks', async () => {
      const person = await api.person();
      await meWith(person.token);
      const bus = api.app.get(NewsBus);
      const wasInDoubt = new Promise<void>((resolve) => {
        bus.onDoubt(resolve);
      });
      await api.dataSource.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE application_name LIKE '% news' AND datname = current_database()`,
      );
      await wasInDoubt;
      await eventually(async () => {
        expect(bus.isFresh).toBe(true);
        await Promise.resolve();
      });
      expect(await statements(async () => meWith(person.token))).toBe(1);
    });
  });
});
