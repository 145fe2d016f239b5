import type { Message } from '@support-chat/contracts';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { TEST_PASSWORD } from '../support/test-app';
import { eventually } from '../support/eventually';
import type { FaultProxy } from '../support/fault-proxy';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Reply } from './support/call';
import { Chatter } from './support/chatter';
import type { DrillApi } from './support/drill-api';
import { showFigures } from './support/figures';
import { scaled } from './support/scale';
import type { Writer } from './support/sending-load';
import { Stage } from './support/stage';
import { allStored, compareWithTable } from './support/stored';

const CUTS = scaled(50, 8);
const MESSAGES = scaled(10_000, 1_000);
const ROUNDS = 3;
/** What was in doubt is told twice, the last time after 6.5 s. */
const PATIENCE_MS = 20_000;

describe('answers that get lost', () => {
  const stage = new Stage();
  let databaseUrl: string;
  let proxy: FaultProxy;
  /** `first` reaches its database through the proxy. */
  let first: DrillApi;
  let second: DrillApi;

  beforeEach(async () => {
    databaseUrl = await stage.database();
    proxy = await stage.proxy(databaseUrl);
    const url = new URL(databaseUrl);
    url.port = String(proxy.port);
    first = await stage.api(url.href);
    second = await stage.api(databaseUrl);
  });

  it(`R03 ${CUTS} times the answers to COMMITs are swallowed: nothing is told that is not stored, nor stored and not told`, async () => {
    const writers = await first.students(8);
    const readers = writers.map(({ by, conversationId }) =>
      stage.liveReader({ target: second, conversationId, token: () => by.token }),
    );
    // Never anew from the database: what they see was told.
    await eventually(() => {
      for (const { isLive } of readers) expect(isLive).toBe(true);
    }, PATIENCE_MS);
    const load = stage.load(writers);
    for (let cut = 1; cut <= CUTS; cut += 1) {
      await load.reaches(load.acknowledged.length + 16);
      proxy.set('swallow-answers');
      await delay(100);
      proxy.cut();
      proxy.set('none');
    }
    await load.reaches(load.acknowledged.length + 16);
    await load.stop();
    const seen = (): Message[] => readers.flatMap((reader) => reader.seen);
    await eventually(() => {
      expect(seen()).toHaveLength(load.acknowledged.length);
    }, PATIENCE_MS);
    const told = seen();
    const difference = await compareWithTable(databaseUrl, told);
    showFigures('R03', {
      cuts: CUTS,
      'answers outcome_unknown': load.unknown.get('503 outcome_unknown') ?? 0,
      'of them stored': load.replays,
      ...difference,
    });
    expect(difference).toEqual(allStored(told));
    expect(readers.map(({ polls, closes }) => [polls, closes])).toEqual(readers.map(() => [0, []]));
    // No fault got any other answer, and some met a send that was stored.
    for (const answer of load.unknown.keys()) {
      expect(['503 outcome_unknown', '503 unavailable']).toContain(answer);
    }
    expect(load.replays).toBeGreaterThan(0);
  });

  it(`R04 ${MESSAGES} messages, each sent 2 to 5 times at once by two instances, ${ROUNDS} rounds with a kill and a new sign-in between: no duplicate`, async () => {
    const repeaters = (await second.students(16)).map((writer) => ({
      ...writer,
      outbox: Array.from({ length: Math.ceil(MESSAGES / 16) }, () => randomUUID()),
    }));
    const total = repeaters.length * Math.ceil(MESSAGES / 16);
    const ids = new Map<string, number>();
    let sends = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      if (round > 1) await Promise.all(repeaters.map(signInAgain));
      await Promise.all(
        repeaters.map(async ({ by, conversationId, outbox }) => {
          for (const id of outbox) {
            const replies = await sendAtOnce(by, conversationId, id);
            const [message, ...others] = new Set(replies.map(({ body }) => body.id));
            expect(others).toEqual([]);
            expect(replies.filter(({ status }) => status === 201)).toHaveLength(
              round === 1 ? 1 : 0,
            );
            expect(message).toBe(ids.get(id) ?? message);
            ids.set(id, Number(message));
            sends += replies.length;
          }
        }),
      );
      await second.kill();
      await second.start();
    }
    const { stored, uneven } = await compareWithTable(databaseUrl, []);
    showFigures('R04', { messages: total, sends, stored });
    expect([stored, new Set(ids.values()).size, uneven]).toEqual([total, total, 0]);
  });

  /** Two to five times, to both instances; a replay says that it is one. */
  async function sendAtOnce(
    by: Chatter,
    conversationId: number,
    id: string,
  ): Promise<Reply<Message>[]> {
    const copies = 2 + Math.floor(Math.random() * 4);
    const replies = await Promise.all(
      Array.from({ length: copies }, async (_, n) =>
        by.at(n % 2 === 0 ? first : second).send(conversationId, `message ${id}`, id),
      ),
    );
    for (const { status, headers } of replies) {
      expect([200, 201]).toContain(status);
      expect(headers.get('idempotency-replayed')).toBe(status === 200 ? 'true' : null);
    }
    return replies;
  }

  async function signInAgain(writer: Writer): Promise<void> {
    const { email } = writer.by.session.user;
    writer.by = await Chatter.login(first, { email, password: TEST_PASSWORD });
  }
});
