import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { DEAD_PEER_OPTIONS } from '../database/dead-peer-options';
import { INSTANCE_PREFIX } from '../database/instance-name';
import type { NewsTransport, TransportOwner } from './news-transport';

/** The channel that the triggers of the migrations notify. */
export const NEWS_CHANNEL = 'support_chat_news';

const ROLL_MS = 2_000;
const TIMEOUT_MS = 2_000;
const RECONNECT_MAX_MS = 5_000;

const PUBLISH = {
  name: 'news-publish',
  text: `SELECT pg_notify('${NEWS_CHANNEL}', payload) FROM unnest($1::text[]) payload`,
};
const ROLL = {
  name: 'news-roll',
  text: `SELECT DISTINCT split_part(application_name, ' ', 1) AS instance
    FROM pg_stat_activity
    WHERE datname = current_database() AND starts_with(application_name, '${INSTANCE_PREFIX}')`,
};

/**
 * `LISTEN` and `NOTIFY` on a connection of its own. Every 2 s it asks who is connected, which also
 * finds a dead link within about 4 s. It connects again after at most 5 s.
 */
export class PostgresTransport implements NewsTransport {
  private readonly logger = new Logger(PostgresTransport.name);
  private owner: TransportOwner | null = null;
  private client: Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private failures = 0;

  constructor(
    private readonly databaseUrl: string,
    private readonly instance: string,
  ) {}

  async start(owner: TransportOwner): Promise<void> {
    this.owner = owner;
    await this.connect();
  }

  async publish(payloads: readonly string[]): Promise<void> {
    const { client } = this;
    if (client === null) throw new Error('There is no connection.');
    try {
      await client.query({ ...PUBLISH, values: [payloads] });
    } catch (error) {
      this.lose(client, error);
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.owner = null;
    if (this.timer) clearTimeout(this.timer);
    const { client } = this;
    this.client = null;
    await client?.end();
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.databaseUrl,
      application_name: `${this.instance} news`,
      keepAlive: true,
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
      // What is told has been committed before; telling it need not wait for the disk.
      options: `-c synchronous_commit=off ${DEAD_PEER_OPTIONS}`,
    });
    this.client = client;
    client.on('error', (error) => {
      this.lose(client, error);
    });
    client.on('end', () => {
      this.lose(client, new Error('connection ended'));
    });
    client.on('notification', ({ channel, payload }) => {
      if (channel === NEWS_CHANNEL && this.client === client) this.owner?.heard(payload ?? '');
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${NEWS_CHANNEL}`);
    } catch (error) {
      this.lose(client, error);
      return;
    }
    // Lost or stopped while the answer was on its way: nobody would hear any more.
    if (this.client !== client) return;
    if (this.failures > 1) this.logger.log('News connection is back.');
    this.failures = 0;
    this.owner?.up();
    await this.callRoll(client);
  }

  private async callRoll(client: Client): Promise<void> {
    try {
      const { rows } = await client.query<{ instance: string }>(ROLL);
      if (this.client !== client) return;
      this.owner?.present(new Set(rows.map(({ instance }) => instance)));
      this.timer = setTimeout(() => void this.callRoll(client), ROLL_MS).unref();
    } catch (error) {
      this.lose(client, error);
    }
  }

  /** The first sign that a connection is dead: distrust every memory, then connect anew. */
  private lose(client: Client, error: unknown): void {
    if (this.client !== client || this.owner === null) return;
    this.client = null;
    if (this.timer) clearTimeout(this.timer);
    this.owner.down();
    this.logger.warn(`News connection lost: ${error instanceof Error ? error.message : 'unknown'}`);
    // Only its socket is left; it is gone already or will be with the process.
    client.end().catch(() => undefined);
    const delay = Math.min(RECONNECT_MAX_MS, 100 * 2 ** this.failures) * (0.5 + Math.random() / 2);
    this.failures += 1;
    this.timer = setTimeout(() => void this.connect(), delay).unref();
  }
}
