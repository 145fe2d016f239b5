import { beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually';
import { codeOf } from './support/call';
import type { Chatter } from './support/chatter';
import type { DrillApi } from './support/drill-api';
import type { DrillDatabase } from './support/drill-database';
import { everyRoute, type TimedReply } from './support/every-route';
import { quantile, showFigures, timed } from './support/figures';
import { scaled } from './support/scale';
import type { SendingLoad, Writer } from './support/sending-load';
import { Stage } from './support/stage';
import { compareWithTable } from './support/stored';

const DOWN_SECONDS = scaled(30, 8);

describe('a database that is away, under load', () => {
  const stage = new Stage();
  let database: DrillDatabase;
  let api: DrillApi;
  let admin: Chatter;
  let probe: Writer;
  let load: SendingLoad;

  beforeEach(async () => {
    database = await stage.ownDatabase();
    api = await stage.api(database.url);
    admin = await api.admin();
    [probe] = (await api.students(1)) as [Writer];
    load = stage.load(await api.students(16));
    await load.reaches(100);
  });

  const askAll = async (): Promise<TimedReply[]> =>
    everyRoute(probe.by, admin, probe.conversationId);

  /** Milliseconds until every route answers as if nothing had been. */
  async function msUntilWell(): Promise<number> {
    const { ms } = await timed(async () =>
      eventually(async () => {
        expect((await askAll()).filter(({ reply }) => reply.status >= 500)).toEqual([]);
        expect(await api.health('ready')).toBe(200);
      }, 20_000),
    );
    return ms;
  }

  /** What is stored is what was acknowledged, the probe's own messages aside. */
  async function expectNothingLost(): Promise<void> {
    const { lost, uneven } = await compareWithTable(database.url, load.acknowledged);
    expect([lost, uneven]).toEqual([0, 0]);
    expect(new Set(load.acknowledged.map(({ id }) => id)).size).toBe(load.acknowledged.length);
  }

  it(`R27 stopped for ${DOWN_SECONDS} s: every route an honest 503 in time, then well by itself`, async () => {
    await database.stop();
    const end = Date.now() + DOWN_SECONDS * 1000;
    const times: number[] = [];
    while (Date.now() < end) {
      for (const { path, ms, reply } of await askAll()) {
        times.push(ms);
        expect([path, reply.status]).toEqual([path, 503]);
        expect(['unavailable', 'outcome_unknown']).toContain(codeOf(reply.body));
        expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
        expect(reply.headers.get('retry-after')).toMatch(/^\d+$/);
      }
      expect([await api.health('live'), await api.health('ready')]).toEqual([200, 503]);
      await delay(200);
    }
    await database.startAgain();
    const wellMs = await msUntilWell();
    await load.stop();
    showFigures('R27', {
      'down s': DOWN_SECONDS,
      'answers 503': times.length,
      'slowest ms': Math.max(...times),
      'p95 ms': quantile(times, 0.95),
      'well after ms': wellMs,
      acknowledged: load.acknowledged.length,
    });
    expect(Math.max(...times)).toBeLessThan(2_500);
    expect(wellMs).toBeLessThan(5_000);
    await expectNothingLost();
  });

  it('R28 frozen: it refuses in bounded time, lives on, and is well when the database thaws', async () => {
    await database.freeze();
    const liveMs: number[] = [];
    const probing = Promise.all(Array.from({ length: 10 }, askAll));
    for (let n = 1; n <= 100; n += 1) {
      const { ms, result } = await timed(async () => api.health('live'));
      expect(result).toBe(200);
      liveMs.push(ms);
      await delay(20);
    }
    const answers = (await probing).flat();
    expect(await api.health('ready')).toBe(503);
    await database.thaw();
    const wellMs = await msUntilWell();
    await load.stop();
    const times = answers.map(({ ms }) => ms);
    const answered = answers.filter(({ reply }) => reply.status !== 503);
    showFigures('R28', {
      requests: answers.length,
      'answered 503': answers.length - answered.length,
      'slowest ms': Math.max(...times),
      'live p95 ms': quantile(liveMs, 0.95),
      'well after ms': wellMs,
      acknowledged: load.acknowledged.length,
    });
    // Who calls is known from memory, until the dead line is found.
    expect(answered.filter(({ path, reply }) => path !== 'me' || reply.status !== 200)).toEqual([]);
    // Two seconds for a connection, or six for a statement under way, each at most once.
    expect(Math.max(...times)).toBeLessThan(8_500);
    expect(quantile(liveMs, 0.95)).toBeLessThan(500);
    expect(wellMs).toBeLessThan(8_000);
    await expectNothingLost();
  });
});
