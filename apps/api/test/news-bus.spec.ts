import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { newInstanceName } from '../src/platform/database/instance-name';
import { NewsBus } from '../src/platform/bus/news-bus';
import { Topic } from '../src/platform/bus/topic';
import { postgresCarrier, redisCarrier, type Carrier } from './support/bus-carriers';
import { eventually } from './support/eventually';
import type { FaultProxy } from './support/fault-proxy';
import { createTestDatabase, type TestDatabase } from './support/test-database';

const TEST = new Topic<unknown>('test');
/** Silence of 3 s, a roll call each 2 s, and a busy machine. */
const NOTICE_MS = 10_000;

/** A bus, what it heard, and how often it was in doubt. */
class Listener {
  readonly heard: unknown[] = [];
  doubts = 0;

  constructor(
    readonly bus: NewsBus,
    readonly proxy: FaultProxy,
    /** Stands for the pool by which it would write. */
    readonly pool: Client,
  ) {
    bus.on(TEST, (news) => this.heard.push(news));
    bus.onDoubt(() => (this.doubts += 1));
  }

  async becomes(isFresh: boolean): Promise<void> {
    await eventually(() => {
      expect(this.bus.isFresh).toBe(isFresh);
    }, NOTICE_MS);
  }

  async hears(facts: unknown[]): Promise<void> {
    await eventually(() => {
      expect(this.heard).toEqual(facts);
    }, NOTICE_MS);
  }

  /** Stops it without a goodbye: its link to what carries the news is cut first. */
  async die(): Promise<void> {
    this.proxy.set('refuse');
    await this.close();
  }

  async close(): Promise<void> {
    await this.bus.stop();
    await this.pool.end();
    await this.proxy.close();
  }
}

describe.each([
  ['PostgreSQL', postgresCarrier],
  ['Redis', redisCarrier],
])('the bus by %s', (_, carrierOf) => {
  let database: TestDatabase;
  let carrier: Carrier;
  const listeners: Listener[] = [];

  beforeAll(async () => {
    Logger.overrideLogger(false);
    database = await createTestDatabase();
    carrier = await carrierOf(database.url);
  });
  afterEach(async () => {
    for (const listener of listeners.splice(0)) await listener.close();
  });
  afterAll(async () => {
    await carrier.close();
    await database.drop();
  });

  async function listen(): Promise<Listener> {
    const proxy = await carrier.proxy();
    const instance = newInstanceName();
    const pool = new Client({ connectionString: database.url, application_name: instance });
    await pool.connect();
    const bus = new NewsBus(instance, carrier.transports(instance, proxy));
    const listener = new Listener(bus, proxy, pool);
    listeners.push(listener);
    await listener.bus.start();
    return listener;
  }

  async function pair(): Promise<[Listener, Listener]> {
    const both = [await listen(), await listen()] as const;
    for (const listener of both) await listener.becomes(true);
    return [...both];
  }

  async function leave(listener: Listener, isSudden = false): Promise<void> {
    listeners.splice(listeners.indexOf(listener), 1);
    await (isSudden ? listener.die() : listener.close());
  }

  it('brings facts to all others as they were told, in order, each once', async () => {
    const [teller, other] = await pair();
    const facts = Array.from({ length: 2_000 }, (__, n) => ({ n, text: `é "${n}" \u0000 \n 🎓` }));
    for (const fact of facts) teller.bus.tell(TEST, fact);
    teller.bus.tell(TEST, 'the same twice');
    teller.bus.tell(TEST, 'the same twice');
    const told = [...facts, 'the same twice', 'the same twice'];
    expect(teller.heard).toEqual(told);
    await other.hears(told);
    teller.bus.tell(TEST, 'and on');
    await other.hears([...told, 'and on']);
    // Its own echo has come back by now, and was not told again.
    expect(teller.heard).toHaveLength(told.length + 1);
  });

  it('R09 forgets when its link is lost, says so, and recovers by itself', async () => {
    const [one, other] = await pair();
    const before = one.doubts;
    one.proxy.set('refuse');
    await one.becomes(false);
    expect(one.doubts).toBeGreaterThan(before);
    one.proxy.set('none');
    await one.becomes(true);
    await other.becomes(true);
    other.bus.tell(TEST, 'again');
    await one.hears(['again']);
  });

  it('R22 finds a link that is dead without a sign', async () => {
    const [one] = await pair();
    one.proxy.set('freeze');
    await one.becomes(false);
    one.proxy.cut();
    one.proxy.set('none');
    await one.becomes(true);
  });

  it('R09 what is told while the link is down arrives when it is back', async () => {
    const [teller, other] = await pair();
    teller.proxy.set('refuse');
    await teller.becomes(false);
    for (const fact of [1, 2, 3]) teller.bus.tell(TEST, fact);
    await other.becomes(false);
    teller.proxy.set('none');
    await other.hears([1, 2, 3]);
    await other.becomes(true);
  });

  it('is not fresh while somebody who may write is not heard', async () => {
    const [silent, other] = await pair();
    silent.proxy.set('refuse');
    await other.becomes(false);
    silent.proxy.set('none');
    await other.becomes(true);
  });

  it('R03 doubts when somebody has gone without a goodbye, and not when they said it', async () => {
    const [polite, other] = await pair();
    polite.bus.tell(TEST, 'my last');
    const before = other.doubts;
    await leave(polite);
    await other.hears(['my last']);
    await other.becomes(true);
    expect(other.doubts).toBe(before);
    const mortal = await listen();
    await mortal.becomes(true);
    await other.becomes(true);
    const doubts = other.doubts;
    await leave(mortal, true);
    await eventually(() => {
      expect(other.doubts).toBeGreaterThan(doubts);
    }, NOTICE_MS);
    await other.becomes(true);
  });

  it('R35 something that is no news means doubt, and nothing else', async () => {
    const [one, other] = await pair();
    for (const payload of ['', '{', 'null', '[1]', '{"topic":5}', '{"topic":"test","from":1}']) {
      const before = one.doubts;
      await carrier.inject(payload);
      await eventually(() => {
        expect(one.doubts).toBeGreaterThan(before);
      });
    }
    await carrier.inject('{"topic":"of a later version","news":1}');
    other.bus.tell(TEST, 'still here');
    await one.hears(['still here']);
    expect(one.bus.isFresh).toBe(true);
  });

  it('a doubt that is told empties the memories of all', async () => {
    const [one, other] = await pair();
    const before = [one.doubts, other.doubts];
    one.bus.tellDoubt();
    expect(one.doubts).toBe((before[0] ?? 0) + 1);
    await eventually(() => {
      expect(other.doubts).toBeGreaterThan(before[1] ?? 0);
    });
    expect(other.bus.isFresh).toBe(true);
  });

  it('drops what it cannot keep, and then everybody forgets', async () => {
    const [teller, other] = await pair();
    teller.proxy.set('refuse');
    await teller.becomes(false);
    for (let n = 0; n < 25_000; n += 1) teller.bus.tell(TEST, n);
    const before = other.doubts;
    teller.proxy.set('none');
    await eventually(() => {
      expect(other.heard.at(-1)).toBe(24_999);
    }, NOTICE_MS);
    expect(other.heard.length).toBeLessThan(25_000);
    expect(other.doubts).toBeGreaterThan(before);
    await other.becomes(true);
  });

  it('refuses a fact that is too large to be carried', async () => {
    const [one] = await pair();
    expect(() => {
      one.bus.tell(TEST, 'x'.repeat(8_000));
    }).toThrow(RangeError);
  });
});
