import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  API_ROUTES,
  type Conversation,
  type Message,
  type Page,
  type Updates,
} from '@support-chat/contracts';
import { Pool } from 'pg';
import { NewsBus } from '../src/platform/bus/news-bus';
import { showFigures, timed } from './drills/support/figures';
import { eventually } from './support/eventually';
import { FaultProxy } from './support/fault-proxy';
import {
  createTestApp,
  problemOf,
  type Answer,
  type Person,
  type TestApp,
} from './support/test-app';

describe('when the database fails', () => {
  let test: TestApp;
  let proxy: FaultProxy;
  let student: Person;
  let admin: Person;
  let base: string;

  beforeAll(async () => {
    test = await createTestApp({}, async (url) => {
      proxy = await FaultProxy.before(url);
      return proxy.port;
    });
    [student, admin] = [await test.person(), await test.person('admin')];
    const { body } = await student.get<Conversation>('/api/chat/conversation/');
    base = `/api/chat/conversations/${body.id}/`;
  });
  afterAll(async () => {
    proxy.set('none');
    await test.close();
    await proxy.close();
  });
  beforeEach(async () => {
    proxy.set('none');
    await eventually(async () => {
      expect((await student.get('/api/auth/me/')).status).toBe(200);
    }, 8_000);
  });

  it('R29 the database lets go of a machine that is gone without a word within 30 s', async () => {
    const [settings] = await test.dataSource.query<Record<string, string>[]>(
      `SELECT current_setting('tcp_keepalives_idle') AS idle,
        current_setting('tcp_keepalives_interval') AS interval,
        current_setting('tcp_keepalives_count') AS count,
        current_setting('tcp_user_timeout') AS unanswered`,
    );
    const { idle, interval, count, unanswered } = settings ?? {};
    expect(Number(idle) + Number(interval) * Number(count)).toBeLessThanOrEqual(30);
    expect(Number(idle)).toBeGreaterThan(0);
    if (process.platform === 'linux') expect(unanswered).toBe('30000');
  });

  const everyRoute = async (): Promise<Answer[]> =>
    Promise.all([
      student.get('/api/auth/me/'),
      student.get('/api/chat/conversation/'),
      student.get(base),
      student.get(`${base}messages/`),
      student.post(`${base}messages/`, { content: 'x' }),
      student.get(`${base}updates/?after=0`),
      student.get('/api/chat/unread-count/'),
      student.post(`${base}mark-read/`),
      admin.get('/api/chat/conversations/'),
      test.request({
        method: 'POST',
        path: '/api/auth/login/',
        body: { email: 'a@b.test', password: 'long enough' },
      }),
    ]);

  it('R27 every route is an honest 503 in time, the process lives, and it heals by itself', async () => {
    proxy.set('refuse');
    await eventually(async () => {
      const started = Date.now();
      const answers = await everyRoute();
      expect(Date.now() - started).toBeLessThan(2_500);
      for (const answer of answers) {
        expect([
          answer.status,
          ['unavailable', 'outcome_unknown'].includes(problemOf(answer).code),
        ]).toEqual([503, true]);
        expect(answer.headers['retry-after']).toBeDefined();
      }
    }, 8_000);
    const health = async (path: string): Promise<number> =>
      (await test.request({ method: 'GET', path })).status;
    expect([await health('/health/live'), await health('/health/ready')]).toEqual([200, 503]);
    proxy.set('none');
    await eventually(async () => {
      expect((await everyRoute()).map(({ status }) => status)).not.toContain(503);
      expect(await health('/health/ready')).toBe(200);
    }, 5_000);
  });

  it('R29 a connection that breaks as it is handed out is given up, and the process lives', async () => {
    const { driver } = test.dataSource;
    if (!('master' in driver) || !(driver.master instanceof Pool)) throw new Error('No pool.');
    const client = await driver.master.connect();
    client.emit('error', new Error('terminating connection due to administrator command'));
    client.release();
    expect((await student.get(`${base}messages/`)).status).toBe(200);
  });

  it('R03 a lost answer is outcome_unknown, and the retry finds the message stored once', async () => {
    const body = {
      content: 'did it arrive?',
      client_message_id: '6a1d4c9e-63a1-4d67-9a3b-6cf0e7d0b9aa',
    };
    // Caller and owner are in memory, so that the lost answer is that of the message itself.
    await eventually(() => {
      expect(test.app.get(NewsBus).isFresh).toBe(true);
    });
    await student.post(`${base}messages/`, { content: 'before' });
    proxy.set('swallow-answers');
    const sending = student.post(`${base}messages/`, body);
    await new Promise((resolve) => setTimeout(resolve, 300));
    proxy.cut();
    const lost = await sending;
    expect([lost.status, problemOf(lost).code]).toEqual([503, 'outcome_unknown']);
    proxy.set('none');
    await eventually(async () => {
      const retry = await student.post<Message>(`${base}messages/`, body);
      expect(retry.status).toBe(200);
    }, 8_000);
    const page = await student.get<Page<Message>>(`${base}messages/?page_size=100`);
    expect(page.body.results.filter(({ content }) => content === body.content)).toHaveLength(1);
  });

  it('R09 while news may be missed nothing is answered from memory', async () => {
    const { body } = await student.get<Updates>(`${base}updates/`);
    const revision = body.conversation.revision;
    expect((await student.get(`${base}updates/?after=${revision}`)).status).toBe(204);
    proxy.cut();
    // Written by another process whose news this one cannot hear.
    await test.outside.query(
      `WITH c AS (UPDATE chat_conversations SET revision = revision + 1, message_count = message_count + 1,
         user_unread_count = user_unread_count + 1, last_message_at = now() WHERE id = $1
         RETURNING id, revision, message_count)
       INSERT INTO chat_messages (conversation_id, sender_id, seq, revision, from_admin, content)
       SELECT id, $2, message_count, revision, true, 'from elsewhere' FROM c`,
      [Number(/\d+/.exec(base)?.[0]), admin.id],
    );
    await eventually(async () => {
      const answer = await student.get<Updates>(`${base}updates/?after=${revision}`);
      expect(answer.status).toBe(200);
      expect(answer.body.messages.map(({ content }) => content)).toEqual(['from elsewhere']);
    }, 5_000);
  });

  it('R28 a frozen database does not freeze the API', async () => {
    proxy.set('freeze');
    const started = Date.now();
    const live = test.request({ method: 'GET', path: '/health/live' });
    const read = student.get(`${base}messages/`);
    expect((await live).status).toBe(200);
    expect(Date.now() - started).toBeLessThan(200);
    expect((await read).status).toBe(503);
    expect(Date.now() - started).toBeLessThan(7_000);
  });

  it('R28 a lock that somebody holds is waited for 2 s, then it is 503, and nobody else waits', async () => {
    const other = await test.person();
    const theirs = (await other.get<Conversation>(API_ROUTES.myConversation)).body;
    const elsewhere = API_ROUTES.messages(theirs.id);
    const holder = await test.outside.connect();
    const lateness: number[] = [];
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT FROM chat_conversations WHERE id = $1 FOR UPDATE', [
        Number(/\d+/.exec(base)?.[0]),
      ]);
      // One after the other: who queues behind another waits for two locks.
      for (const write of ['messages/', 'mark-read/']) {
        const waiting = timed(async () =>
          student.post(base + write, write === 'messages/' ? { content: 'waits' } : undefined),
        );
        expect((await other.post(elsewhere, { content: 'does not wait' })).status).toBe(201);
        const { ms, result } = await waiting;
        expect([result.status, problemOf(result).code]).toEqual([503, 'unavailable']);
        lateness.push(ms);
      }
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
    showFigures('R28 lock', { 'refused after ms': Math.max(...lateness) });
    // Before the 5 s that any statement may take; a busy machine may be late once.
    expect(Math.min(...lateness)).toBeLessThan(4_500);
    expect((await student.post(`${base}messages/`, { content: 'again' })).status).toBe(201);
  });
});
