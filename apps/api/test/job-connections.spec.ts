import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '../src/platform/database/database';
import { JobCounter } from '../src/platform/jobs/job-counter';
import { Jobs } from '../src/platform/jobs/jobs';
import { Queue } from '../src/platform/jobs/queue';
import { eventually } from './support/eventually';
import { FaultProxy } from './support/fault-proxy';
import { createTestApp, type TestApp } from './support/test-app';

const QUEUE = new Queue<{ n: number }>('linked-work', {
  tries: 2,
  retryAfter: 1,
  triesEndAfter: 30,
  atOnce: 5,
});

describe('the connections of the jobs', () => {
  let test: TestApp;
  let proxy: FaultProxy;
  let jobs: Jobs;
  const done: number[] = [];

  beforeAll(async () => {
    test = await createTestApp();
    const url = new URL(test.databaseUrl);
    proxy = await FaultProxy.before(url);
    url.port = String(proxy.port);
    jobs = new Jobs(url.href, test.app.get(Database));
    jobs.handle(QUEUE, ({ n }) => {
      done.push(n);
      return Promise.resolve();
    });
    await jobs.start();
  });
  afterAll(async () => {
    await proxy.close();
    await test.close();
  });

  const doOne = async (n: number): Promise<void> => {
    await jobs.addOne(QUEUE, { key: String(n), data: { n } });
    await eventually(() => {
      expect(done).toContain(n);
    }, 15_000);
  };

  it('R32 die without a word, and jobs are done again; whoever counts them does not wait', async () => {
    await doOne(1);
    const counter = new JobCounter(jobs);
    expect(await counter.counts()).toHaveLength(1);
    proxy.freezeOpenLinks();
    await eventually(async () => {
      const started = performance.now();
      const counts = await counter.counts();
      expect(performance.now() - started).toBeLessThan(1_500);
      expect(counts).toBeNull();
    }, 5_000);
    await doOne(2);
    await eventually(async () => {
      expect(await counter.counts()).toHaveLength(1);
    }, 5_000);
  }, 30_000);

  it('die without a word as the application stops, which ends all the same', async () => {
    proxy.freezeOpenLinks();
    const asked = jobs.counts().catch(() => null);
    const started = performance.now();
    await jobs.beforeApplicationShutdown();
    expect(performance.now() - started).toBeLessThan(12_000);
    expect(await asked).toBeNull();
  }, 20_000);
});
