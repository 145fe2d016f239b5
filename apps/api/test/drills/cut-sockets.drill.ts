import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Message } from '@support-chat/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually';
import type { Chatter } from './support/chatter';
import type { DrillApi } from './support/drill-api';
import { quantile, showFigures } from './support/figures';
import type { LiveReader } from './support/live-reader';
import { run } from './support/run-sql';
import { SCALE, scaled } from './support/scale';
import { Stage } from './support/stage';

const SOCKETS = 50;
const CUT_FOR_MS = scaled(60_000, 8_000);
const MESSAGES = scaled(5_000, 1_000);
const SWITCHES = scaled(10, 4);

describe('sockets that break', () => {
  const stage = new Stage();
  let databaseUrl: string;
  let first: DrillApi;
  let second: DrillApi;
  let admin: Chatter;

  beforeEach(async () => {
    databaseUrl = await stage.database();
    first = await stage.api(databaseUrl);
    second = await stage.api(databaseUrl);
    admin = await first.admin();
  });

  /** Every reader holds exactly what the table holds, in its order. */
  async function expectAllSeen(
    readers: readonly { reader: LiveReader; conversationId: number }[],
  ): Promise<void> {
    for (const { reader, conversationId } of readers) {
      const rows = await run<{ id: string; seq: string }>(
        databaseUrl,
        'SELECT id, seq FROM chat_messages WHERE conversation_id = $1 ORDER BY seq',
        [conversationId],
      );
      const stored = rows.map(({ id, seq }) => ({ id: Number(id), seq: Number(seq) }));
      await eventually(() => {
        expect(reader.seen.length).toBeGreaterThanOrEqual(stored.length);
      }, 30_000);
      expect(reader.seen.map(({ id, seq }: Message) => ({ id, seq }))).toEqual(stored);
    }
  }

  it(`R07 ${SOCKETS} sockets at two instances, each cut at random for ${CUT_FOR_MS / 1000} s: every list equals the table`, async () => {
    const students = await first.students(10);
    const readers = students.flatMap(({ by, conversationId }) =>
      Array.from({ length: SOCKETS / students.length }, (_, n) => {
        const token = (): string => (n % 2 === 0 ? by : admin).token;
        const target = n < 3 ? first : second;
        return {
          reader: stage.liveReader({ target, conversationId, token }),
          conversationId,
        };
      }),
    );
    const load = stage.load([
      ...students,
      ...students.map(({ conversationId }) => ({ by: admin.at(second), conversationId })),
    ]);
    const end = Date.now() + CUT_FOR_MS;
    const cutting = readers.map(async ({ reader }) => {
      while (Date.now() < end) {
        await delay((500 + Math.random() * 2_500) * Math.max(SCALE, 0.3));
        reader.cut();
      }
    });
    await Promise.all(cutting);
    await load.reaches(MESSAGES);
    await load.stop();
    await expectAllSeen(readers);
    const connections = readers.map(({ reader }) => reader.connectedAt.length);
    showFigures('R07', {
      sockets: readers.length,
      connections: connections.reduce((sum, n) => sum + n, 0),
      'fewest of one socket': Math.min(...connections),
      messages: load.acknowledged.length,
      'lists that differ from the table': 0,
      'frames sent twice': repeatsOf(readers),
    });
    expect(repeatsOf(readers)).toBe(0);
    expect(Math.min(...connections)).toBeGreaterThan(1);
    expect(load.unknowns).toBe(0);
  });

  it(`R08 upgrades refused and allowed again ${SWITCHES} times: polls take over within 10 s, nothing missed or doubled`, async () => {
    const proxy = await stage.proxy(first.origin);
    const target = { origin: `http://127.0.0.1:${proxy.port}` };
    const students = await first.students(4);
    const readers = students.map(({ by, conversationId }) => ({
      reader: stage.liveReader({ target, conversationId, token: () => by.token }),
      conversationId,
    }));
    const load = stage.load(students.map(({ conversationId }) => ({ by: admin, conversationId })));
    const switchMs: number[] = [];
    for (let n = 0; n < SWITCHES; n += 1) {
      await eventually(() => {
        for (const { reader } of readers) expect(reader.isLive).toBe(true);
      }, 30_000);
      proxy.set('refuse-upgrades');
      const since = Date.now();
      const seenBefore = readers.map(({ reader }) => reader.seen.length);
      const pollsBefore = readers.map(({ reader }) => reader.polls);
      await eventually(() => {
        for (const [i, { reader }] of readers.entries()) {
          expect(reader.polls).toBeGreaterThan(pollsBefore[i] ?? 0);
          expect(reader.seen.length).toBeGreaterThan(seenBefore[i] ?? 0);
        }
      }, 10_000);
      switchMs.push(Date.now() - since);
      proxy.set('none');
    }
    await load.stop();
    await expectAllSeen(readers);
    showFigures('R08', {
      switches: SWITCHES,
      'slowest take-over ms': Math.max(...switchMs),
      'median ms': quantile(switchMs, 0.5),
      polls: readers.reduce((sum, { reader }) => sum + reader.polls, 0),
      messages: load.acknowledged.length,
      'frames sent twice': repeatsOf(readers),
    });
    expect(repeatsOf(readers)).toBe(0);
  });
});

function repeatsOf(readers: readonly { reader: LiveReader }[]): number {
  return readers.reduce((sum, { reader }) => sum + reader.repeats, 0);
}
