import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { LoneTransport } from '../src/platform/bus/lone-transport';
import { NewsBus } from '../src/platform/bus/news-bus';
import { SharedCache } from '../src/platform/cache/shared-cache';
import { RedisConnection } from '../src/platform/redis/redis-connection';
import { eventually } from './support/eventually';
import { RedisServer } from './support/redis-server';

/** One process of several that share a cache. */
class Instance {
  readonly bus = new NewsBus('me', [new LoneTransport('me')]);
  readonly redis: RedisConnection;
  readonly cache: SharedCache;

  constructor(url: string) {
    this.redis = new RedisConnection(url);
    this.cache = new SharedCache(this.bus, this.redis, 'test');
  }

  async start(): Promise<this> {
    await this.redis.start();
    await this.bus.start();
    // The first look begins a generation of its own.
    await this.cache.get('first', async () => Promise.resolve(0));
    return this;
  }

  /** What a reader gets when the database has `value`; `asked` tells whether it was read. */
  async get(name: string, value: number): Promise<{ value: number; asked: boolean }> {
    let asked = false;
    const read = async (): Promise<number> => {
      asked = true;
      return Promise.resolve(value);
    };
    return { value: await this.cache.get(name, read), asked };
  }

  async stop(): Promise<void> {
    await this.bus.stop();
    this.redis.stop();
  }
}

describe('the cache that instances share', () => {
  let server: RedisServer;
  let one: Instance;
  let other: Instance;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    server = await RedisServer.create();
  });
  beforeEach(async () => {
    one = await new Instance(server.url).start();
    other = await new Instance(server.url).start();
  });
  afterEach(async () => {
    await one.stop();
    await other.stop();
  });
  afterAll(async () => server.dispose());

  /** Reads until what one has read is found by the other without reading. */
  async function share(name: string, value: number): Promise<void> {
    await one.get(name, value);
    await eventually(async () => {
      expect(await other.get(name, value)).toEqual({ value, asked: false });
    });
  }

  it('finds on one instance what another has read', async () => {
    await share('unread:1', 5);
  });

  it('R12 a change is found by whoever heard of it, and read once for all', async () => {
    await share('unread:2', 5);
    for (const { cache } of [one, other]) cache.changed('unread:2', '7.1');
    expect(await one.get('unread:2', 6)).toEqual({ value: 6, asked: true });
    await eventually(async () => {
      expect(await other.get('unread:2', 0)).toEqual({ value: 6, asked: false });
    });
  });

  it('R12 what was read before a change is not kept after it', async () => {
    let answer: (value: number) => void = () => undefined;
    const slow = one.cache.get(
      'unread:3',
      async () => new Promise((resolve) => (answer = resolve)),
    );
    await eventually(() => {
      expect(answer).toHaveLength(1);
    });
    other.cache.changed('unread:3', '8.1');
    await other.get('something else', 0);
    answer(5);
    expect(await slow).toBe(5);
    expect(await other.get('unread:3', 6)).toEqual({ value: 6, asked: true });
  });

  it('a doubt makes an end of all that was kept', async () => {
    await share('unread:4', 5);
    one.bus.tellDoubt();
    expect((await one.get('unread:4', 6)).asked).toBe(true);
  });

  it('R09 reads while Redis is away, and trusts nothing from before', async () => {
    await share('unread:5', 5);
    await server.kill();
    expect(await one.get('unread:5', 6)).toEqual({ value: 6, asked: true });
    await server.start();
    await eventually(async () => {
      await one.get('unread:6', 7);
      expect(await other.get('unread:6', 7)).toEqual({ value: 7, asked: false });
    }, 15_000);
    expect((await one.get('unread:5', 8)).value).not.toBe(5);
  });
});
