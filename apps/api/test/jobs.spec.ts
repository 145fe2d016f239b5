import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '../src/platform/database/database';
import { Jobs } from '../src/platform/jobs/jobs';
import { ParkJobError } from '../src/platform/jobs/park-job.error';
import { Queue } from '../src/platform/jobs/queue';
import { eventually } from './support/eventually';
import { createTestApp, type TestApp } from './support/test-app';

interface Work {
  n: number;
}

const QUEUE = new Queue<Work>('test-work', {
  tries: 2,
  retryAfter: 1,
  triesEndAfter: 30,
  atOnce: 5,
});
const PATIENCE_MS = 20_000;

interface Readiness {
  status: string;
  details: { jobs: Record<string, unknown> };
}

describe('jobs', () => {
  let test: TestApp;
  let jobs: Jobs;

  beforeEach(async () => {
    test = await createTestApp();
    jobs = test.app.get(Jobs);
  });
  afterEach(async () => test.close());

  const ready = async (): Promise<{ status: number; body: Readiness }> =>
    test.request<Readiness>({ method: 'GET', path: '/health/ready' });

  it('exist once the transaction that adds them is committed, and not otherwise', async () => {
    const done: number[] = [];
    jobs.handle(QUEUE, ({ n }) => {
      done.push(n);
      return Promise.resolve();
    });
    await jobs.start();
    const database = test.app.get(Database);
    const addThenFail = database.transaction(async (transaction) => {
      await jobs.add(transaction, QUEUE, [{ key: 'lost', data: { n: 1 } }]);
      throw new Error('rolled back');
    });
    await expect(addThenFail).rejects.toThrow('rolled back');
    await jobs.addOne(QUEUE, { key: 'kept', data: { n: 2 } });
    await eventually(() => {
      expect(done).toEqual([2]);
    }, PATIENCE_MS);
  });

  it('of one key at most one waits, beside one that is being done', async () => {
    const started: number[] = [];
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    jobs.handle(QUEUE, async ({ n }) => {
      started.push(n);
      if (n === 1) await finished;
    });
    await jobs.start();
    await jobs.addOne(QUEUE, { key: 'same', data: { n: 1 } });
    await eventually(() => {
      expect(started).toEqual([1]);
    }, PATIENCE_MS);
    for (const n of [2, 3]) await jobs.addOne(QUEUE, { key: 'same', data: { n } });
    finish();
    await jobs.addOne(QUEUE, { key: 'other', data: { n: 4 } });
    await eventually(() => {
      expect([...started].sort()).toEqual([1, 2, 4]);
    }, PATIENCE_MS);
  });

  it('R32 one that fails is tried again; at last it is parked, and health and metrics show it', async () => {
    const tries = new Map<number, number>();
    jobs.handle(QUEUE, ({ n }) => {
      tries.set(n, (tries.get(n) ?? 0) + 1);
      if (n === 1) throw new Error('a fault');
      if (n === 2) throw new ParkJobError('hopeless');
      return Promise.resolve();
    });
    await jobs.start();
    for (const n of [1, 2, 3]) await jobs.addOne(QUEUE, { key: String(n), data: { n } });
    await eventually(async () => {
      const { text } = await test.request({ method: 'GET', path: '/metrics' });
      expect(text).toContain('support_chat_jobs{queue="test-work",state="parked"} 2');
    }, 40_000);
    expect(Object.fromEntries(tries)).toEqual({ 1: 2, 2: 1, 3: 1 });
    const { status, body } = await ready();
    expect([status, body.status]).toEqual([200, 'ok']);
    expect(body.details.jobs).toMatchObject({ status: 'up', running: true, parked: 2 });
  }, 60_000);

  it('that cannot be done take nothing else along: health is degraded, requests are served', async () => {
    await test.dataSource.query('CREATE SCHEMA pgboss; CREATE TABLE pgboss.job (x int)');
    await jobs.start();
    expect(jobs.isRunning).toBe(false);
    const { status, body } = await ready();
    expect([status, body.status, body.details.jobs['status']]).toEqual([
      200,
      'degraded',
      'degraded',
    ]);
    const student = await test.person();
    expect((await student.get('/api/chat/conversation/')).status).toBe(200);
    await test.dataSource.query('DROP SCHEMA pgboss CASCADE');
    await jobs.start();
    expect((await ready()).body.status).toBe('ok');
  });

  it('that are being done come to their end when the application stops', async () => {
    const log: string[] = [];
    jobs.handle(QUEUE, async () => {
      log.push('started');
      await new Promise((resolve) => setTimeout(resolve, 500));
      // Still possible: the database is there until the last one has ended.
      await test.dataSource.query('SELECT 1');
      log.push('ended');
    });
    await jobs.start();
    await jobs.addOne(QUEUE, { key: 'long', data: { n: 1 } });
    await eventually(() => {
      expect(log).toEqual(['started']);
    }, PATIENCE_MS);
    await test.app.close();
    expect(log).toEqual(['started', 'ended']);
    const { rows } = await test.outside.query<{ state: string }>(
      `SELECT state FROM pgboss.job WHERE name = 'test-work'`,
    );
    expect(rows).toEqual([{ state: 'completed' }]);
  });
});
