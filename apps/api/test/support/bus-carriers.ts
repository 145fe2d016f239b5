import { Client } from 'pg';
import type { NewsTransport } from '../../src/platform/bus/news-transport';
import { NEWS_CHANNEL, PostgresTransport } from '../../src/platform/bus/postgres-transport';
import { RedisTransport } from '../../src/platform/bus/redis-transport';
import { RedisConnection } from '../../src/platform/redis/redis-connection';
import { FaultProxy } from './fault-proxy';
import { RedisServer } from './redis-server';

const REDIS_CHANNEL = 'test:news';

type Transports = readonly [NewsTransport, ...NewsTransport[]];

/** What carries the news of buses under test, and what can go wrong with it. */
export interface Carrier {
  /** Those of one process; with a proxy, what it tells goes through it. */
  transports(instance: string, proxy?: FaultProxy): Transports;
  proxy(): Promise<FaultProxy>;
  /** Puts a payload of anybody's making on the wire. */
  inject(payload: string): Promise<void>;
  close(): Promise<void>;
}

export async function postgresCarrier(databaseUrl: string): Promise<Carrier> {
  return Promise.resolve({
    transports: (instance, proxy) => [new PostgresTransport(through(databaseUrl, proxy), instance)],
    proxy: async () => FaultProxy.before(new URL(databaseUrl)),
    inject: async (payload) => {
      const client = new Client({ connectionString: databaseUrl });
      await client.connect();
      await client.query('SELECT pg_notify($1, $2)', [NEWS_CHANNEL, payload]);
      await client.end();
    },
    close: async () => Promise.resolve(),
  });
}

export async function redisCarrier(databaseUrl: string): Promise<Carrier> {
  const server = await RedisServer.create();
  return {
    transports: (instance, proxy) => [
      new RedisTransport(new RedisConnection(through(server.url, proxy)), REDIS_CHANNEL),
      new PostgresTransport(databaseUrl, instance),
    ],
    proxy: async () => FaultProxy.before(new URL(server.url)),
    inject: async (payload) => {
      const redis = new RedisConnection(server.url);
      await redis.start();
      await redis.commands.publish(REDIS_CHANNEL, payload);
      redis.stop();
    },
    close: async () => server.dispose(),
  };
}

function through(address: string, proxy: FaultProxy | undefined): string {
  const url = new URL(address);
  if (proxy) url.port = String(proxy.port);
  return url.href;
}
