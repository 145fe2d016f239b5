import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Conversation, Problem, Session } from '@support-chat/contracts';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { ApiProcess } from './support/api-process';
import { eventually } from './support/eventually';
import { createTestDatabase, type TestDatabase } from './support/test-database';

const SECRET = 'Zx8-0123456789-abcdefghijklmnopqr';
const processes: ApiProcess[] = [];

async function start(settings: Record<string, string>): Promise<ApiProcess> {
  const api = await ApiProcess.start(settings);
  processes.push(api);
  return api;
}

describe('the built API as a process', () => {
  let database: TestDatabase;
  let own: Record<string, string>;

  beforeAll(async () => {
    database = await createTestDatabase();
    own = { DATABASE_URL: database.url, JWT_SECRET: SECRET };
  });
  afterEach(async () => {
    await Promise.all(processes.splice(0).map(async (api) => api.dispose()));
  });
  afterAll(async () => database.drop());

  async function post(url: string, body: unknown, token?: string): Promise<Response> {
    return fetch(url, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        'Content-Type': 'application/json',
        ...(token && { Authorization: `Bearer ${token}` }),
      },
    });
  }

  it('serves the apps, the documents and checked input, and logs no secret', async () => {
    const api = await start({
      ...own,
      METRICS: 'on',
      ADMIN_EMAIL: 'head@school.test',
      ADMIN_PASSWORD: 'only-for-this-test',
    });
    const origin = await api.origin();
    for (const path of [
      '/contact',
      '/contact/deep/link',
      '/admin/chat',
      '/admin/chat/conversations/1',
      '/api/docs',
    ]) {
      const page = await fetch(origin + path);
      expect([path, page.status, page.headers.get('content-type')]).toEqual([
        path,
        200,
        expect.stringContaining('text/html'),
      ]);
    }
    expect((await fetch(`${origin}/contact/missing.js`)).status).toBe(404);
    expect(await (await fetch(`${origin}/metrics`)).text()).toContain('support_chat_news_fresh 1');
    const documents = (await (await fetch(`${origin}/api/docs-json`)).json()) as { paths: object };
    expect(Object.keys(documents.paths).length).toBeGreaterThan(10);

    const bad = await post(`${origin}/api/auth/register/`, {
      email: 5,
      password: 'short',
      role: 'admin',
    });
    const problem = (await bad.json()) as Problem;
    expect(problem.errors?.map(({ field, code }) => `${field} ${code}`).sort()).toEqual([
      'email wrong_type',
      'name required',
      'password too_short',
      'role unknown_field',
    ]);

    const login = await post(`${origin}/api/auth/login/`, {
      email: 'HEAD@school.test',
      password: 'only-for-this-test',
    });
    const session = (await login.json()) as Session;
    expect(session.user.role).toBe('admin');
    await fetch(`${origin}/api/auth/me/`, {
      headers: { Authorization: `Bearer ${session.access_token}` },
    });
    await eventually(() => {
      expect(api.said).toContain('"path":"/api/auth/me/"');
    });
    for (const secret of ['only-for-this-test', SECRET, session.access_token, 'head@school.test']) {
      expect(api.said).not.toContain(secret);
    }
  });

  it('compresses long answers', async () => {
    const api = await start(own);
    const answer = await fetch(`${await api.origin()}/api/docs-json`, {
      headers: { 'Accept-Encoding': 'br' },
    });
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(Object.keys((await answer.json()) as object)).toContain('openapi');
  });

  it('R34 stops on SIGTERM with exit code 0, and what was acknowledged is there the next time', async () => {
    const settings = { ...own, RATE_LIMITS: 'off' };
    const first = await start(settings);
    const origin = await first.origin();
    const registered = await post(`${origin}/api/auth/register/`, {
      email: 'a@b.test',
      password: 'long enough',
      name: 'A',
    });
    const { access_token: token } = (await registered.json()) as Session;
    const headers = { Authorization: `Bearer ${token}` };
    const mine = (await (
      await fetch(`${origin}/api/chat/conversation/`, { headers })
    ).json()) as Conversation;
    const path = `/api/chat/conversations/${mine.id}/`;
    let acknowledged = 0;
    const sending = Array.from({ length: 20 }, async () => {
      const sent = await post(`${origin}${path}messages/`, { content: 'x' }, token).catch(
        () => null,
      );
      if (sent?.status === 201) acknowledged += 1;
    });
    first.kill('SIGTERM');
    await Promise.all(sending);
    expect(await first.exited()).toBe(0);

    const second = await start(settings);
    const again = (await (
      await fetch((await second.origin()) + path, { headers })
    ).json()) as Conversation;
    expect(again.message_count).toBeGreaterThanOrEqual(acknowledged);
  });

  it('R34 keeps no connection once it has said that it stops', async () => {
    const api = await start(own);
    const origin = await api.origin();
    const ask = async (probe: string): Promise<[number, string | null]> => {
      const { status, headers } = await fetch(`${origin}/health/${probe}`);
      return [status, headers.get('connection')];
    };
    expect(await ask('ready')).toEqual([200, 'keep-alive']);
    api.kill('SIGTERM');
    await eventually(async () => {
      const told = await Promise.all([ask('ready'), ask('live')]);
      expect(told).toEqual([
        [503, 'close'],
        [200, 'close'],
      ]);
    });
    expect(await api.exited()).toBe(0);
  });

  it('R34 stops in order although a client never sends the rest of its request', async () => {
    const api = await start(own);
    const { port } = new URL(await api.origin());
    const client = connect(Number(port), '127.0.0.1');
    const closed = once(client, 'close');
    const head = 'POST /api/auth/login/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    client.write(`${head}Content-Length: 40\r\nExpect: 100-continue\r\n\r\n{"email"`);
    await once(client, 'data');
    api.kill('SIGTERM');
    await closed;
    expect(await api.exited()).toBe(0);
  }, 60_000);

  it('A087 answers any range of a file with the whole', async () => {
    const origin = await (await start(own)).origin();
    const whole = await (await fetch(`${origin}/contact`)).text();
    const script = /src="([^"]+\.js)"/.exec(whole)?.[1] ?? '';
    for (const range of ['bytes=0-1', 'bytes=999999999-', 'bytes=5-1', 'bytes=-']) {
      const answer = await fetch(`${origin}/contact/${script.split('/').at(-1) ?? ''}`, {
        headers: { Range: range },
      });
      expect([range, answer.status]).toEqual([range, 200]);
      expect(await answer.text()).not.toBe('');
    }
  });

  it('says in one line that its port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const api = await start({ ...own, PORT: String(port), LOG_LEVEL: 'warn' });
    expect(await api.exited()).toBe(1);
    expect(api.said.trim()).toBe(`Port ${port} on 127.0.0.1 is taken. Set PORT to a free one.`);
    const metrics = await start({ ...own, METRICS_PORT: String(port), LOG_LEVEL: 'silent' });
    expect(await metrics.exited()).toBe(1);
    expect(metrics.said.trim()).toBe(
      `Metrics cannot listen on 127.0.0.1 port ${port} (EADDRINUSE).`,
    );
    server.close();
  });

  it('lists every wrong setting at once, and refuses production without a secret', async () => {
    const wrong = await start({ PORT: 'x', DATABSE_URL: 'y', LOG_LEVEL: 'loud' });
    expect(await wrong.exited()).toBe(1);
    for (const name of ['PORT', 'DATABSE_URL', 'LOG_LEVEL']) expect(wrong.said).toContain(name);
    const open = await start({ NODE_ENV: 'production', DATABASE_URL: database.url });
    expect(await open.exited()).toBe(1);
    expect(open.said).toMatch(/JWT_SECRET +is required/);
  });

  it('gives up on an unreachable database after bounded tries, without its password', async () => {
    const api = await start({ ...own, DATABASE_URL: 'postgres://chat:hunter2@127.0.0.1:1/chat' });
    expect(await api.exited()).toBe(1);
    expect(api.said.trim()).toMatch(
      /^The database at 127\.0\.0\.1:1\/chat cannot be used \(ECONNREFUSED\) after \d+ tries/,
    );
    expect(api.said).not.toContain('hunter2');
  }, 60_000);
});
