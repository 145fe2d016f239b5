import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Conversation, Message, Session, Updates } from '@support-chat/contracts';
import { freePort } from '@support-chat/test-servers';
import { execFileSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { ApiProcess } from './support/api-process';
import { eventually } from './support/eventually';
import { createTestDatabase, type TestDatabase } from './support/test-database';

const PATIENCE_MS = 20_000;

describe('two workers', () => {
  let database: TestDatabase;
  let api: ApiProcess;
  let settings: Record<string, string>;

  beforeAll(async () => {
    database = await createTestDatabase();
    settings = {
      DATABASE_URL: database.url,
      JWT_SECRET: 'Zx8-0123456789-abcdefghijklmnopqr',
      WEB_CONCURRENCY: '2',
      RATE_LIMITS: 'off',
    };
  });
  afterEach(async () => api.dispose());
  afterAll(async () => database.drop());

  function workerPids(): number[] {
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).split('\n');
    return lines
      .map((line) => line.trim().split(/\s+/).map(Number))
      .filter(([, parent]) => parent === api.pid)
      .map(([pid = 0]) => pid);
  }

  async function register(
    origin: string,
  ): Promise<(path: string, body?: unknown) => Promise<Response>> {
    const answer = await fetch(`${origin}/api/auth/register/`, {
      method: 'POST',
      body: JSON.stringify({ email: `${Date.now()}@b.test`, password: 'long enough', name: 'A' }),
      headers: { 'Content-Type': 'application/json' },
    });
    const { access_token: token } = (await answer.json()) as Session;
    return async (path, body) =>
      fetch(origin + path, {
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
        // A connection of its own each time, so that both workers are asked.
        headers: {
          Authorization: `Bearer ${token}`,
          Connection: 'close',
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
      });
  }

  it('R10 what is written by one is read from the other at once', async () => {
    api = await ApiProcess.start({ ...settings, METRICS_PORT: String(await freePort()) });
    const call = await register(await api.origin());
    const mine = (await (await call('/api/chat/conversation/')).json()) as Conversation;
    const path = `/api/chat/conversations/${mine.id}/`;
    for (let n = 1; n <= 100; n += 1) {
      const sent = (await (await call(`${path}messages/`, { content: 'x' })).json()) as Message;
      expect(sent.seq).toBe(n);
      const updates = await call(`${path}updates/?after=${sent.revision - 1}`);
      expect(((await updates.json()) as Updates).revision).toBe(sent.revision);
    }
  });

  it('count together on the port for metrics', async () => {
    const port = await freePort();
    api = await ApiProcess.start({ ...settings, METRICS_PORT: String(port) });
    const call = await register(await api.origin());
    const mine = (await (await call('/api/chat/conversation/')).json()) as Conversation;
    for (let n = 0; n < 20; n += 1) {
      await call(`/api/chat/conversations/${mine.id}/messages/`, { content: 'x' });
    }
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toMatch(/support_chat_messages_sent_total\{side="user"\} 20$/m);
    expect(metrics).toMatch(/support_chat_news_fresh 1$/m);
  });

  it('R26 exactly 30 of 100 sends at once pass', async () => {
    api = await ApiProcess.start({ ...settings, RATE_LIMITS: 'on' });
    const call = await register(await api.origin());
    const mine = (await (await call('/api/chat/conversation/')).json()) as Conversation;
    const path = `/api/chat/conversations/${mine.id}/messages/`;
    const sending = Array.from({ length: 100 }, async () => call(path, { content: 'x' }));
    const statuses = (await Promise.all(sending)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(70);
  });

  it('serve the embedded database, which the primary starts and stops', async () => {
    api = await ApiProcess.start({ WEB_CONCURRENCY: '2', DEMO_DATA: 'off' });
    const call = await register(await api.origin());
    expect((await call('/api/chat/conversation/')).status).toBe(200);
    api.kill('SIGTERM');
    expect(await api.exited()).toBe(0);
    expect(api.said).not.toMatch(/"level":(50|60)/);
  }, 60_000);

  it('R35 one that is killed is replaced, and the log says so; R34 all stop with exit code 0', async () => {
    api = await ApiProcess.start(settings);
    const origin = await api.origin();
    const before = workerPids();
    expect(before).toHaveLength(2);
    const [victim = 0] = before;
    process.kill(victim, 'SIGKILL');
    await eventually(() => {
      const now = workerPids();
      expect(now).toHaveLength(2);
      expect(now).not.toContain(victim);
      expect(api.said).toContain('A worker serves in its place.');
    }, PATIENCE_MS);
    expect(api.said).toMatch(new RegExp(`"pid":${victim},.*"signalCode":"SIGKILL"`));
    const lives = Array.from({ length: 10 }, async () =>
      fetch(`${origin}/health/ready`, { headers: { Connection: 'close' } }),
    );
    for (const live of await Promise.all(lives)) expect(live.status).toBe(200);
    const since = performance.now();
    api.kill('SIGTERM');
    expect(await api.exited()).toBe(0);
    expect(performance.now() - since).toBeLessThan(15_000);
    expect(workerPids()).toEqual([]);
  });

  it('say once what keeps them from starting', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    api = await ApiProcess.start({ ...settings, PORT: String(port), LOG_LEVEL: 'warn' });
    expect(await api.exited()).toBe(1);
    expect(api.said.trim()).toBe(`Port ${port} on 127.0.0.1 is taken. Set PORT to a free one.`);
    server.close();
  });
});
