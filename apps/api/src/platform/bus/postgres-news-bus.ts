import { Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Client, type Notification } from 'pg';
import { NewsBus } from './news-bus';

/** The channel that the triggers of the migrations notify. */
export const NEWS_CHANNEL = 'support_chat_news';

const HEARTBEAT_MS = 2_000;
const HEARTBEAT_TIMEOUT_MS = 2_000;
const RECONNECT_MAX_MS = 5_000;

interface Envelope {
  topic: string;
  news: unknown;
  /** The process that tells; none where the database does. */
  from?: string;
}

const PUBLISH = {
  name: 'news-publish',
  text: `SELECT pg_notify('${NEWS_CHANNEL}', fact) FROM unnest($1::text[]) fact`,
};

/**
 * News by PostgreSQL `LISTEN`/`NOTIFY` on a connection of its own. A heartbeat finds a dead link
 * within about 4 s; until the connection is back nothing counts as fresh.
 */
export class PostgresNewsBus extends NewsBus {
  private readonly logger = new Logger(PostgresNewsBus.name);
  private client: Client | null = null;
  private heartbeat: NodeJS.Timeout | null = null;
  private reconnect: NodeJS.Timeout | null = null;
  private failures = 0;
  private isStopped = false;
  private readonly id = randomUUID();
  /** Facts not told to others yet; those that gather while some are being sent go together. */
  private untold: string[] = [];
  private isPublishing = false;

  constructor(private readonly databaseUrl: string) {
    super();
  }

  async start(): Promise<void> {
    const client = new Client({
      connectionString: this.databaseUrl,
      application_name: 'support-chat news',
      keepAlive: true,
      connectionTimeoutMillis: HEARTBEAT_TIMEOUT_MS,
      query_timeout: HEARTBEAT_TIMEOUT_MS,
    });
    this.client = client;
    client.on('error', (error) => {
      this.lose(client, error);
    });
    client.on('end', () => {
      this.lose(client, new Error('connection ended'));
    });
    client.on('notification', (notification) => {
      this.receive(notification);
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
    this.failures = 0;
    this.setFresh(true);
    void this.publishAll();
    this.scheduleHeartbeat(client);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.setFresh(false);
    if (this.heartbeat) clearTimeout(this.heartbeat);
    if (this.reconnect) clearTimeout(this.reconnect);
    const { client } = this;
    this.client = null;
    await client?.end();
  }

  protected override publish(topic: string, news: unknown): void {
    this.untold.push(JSON.stringify({ topic, news, from: this.id } satisfies Envelope));
    void this.publishAll();
  }

  private async publishAll(): Promise<void> {
    const { client } = this;
    if (this.isPublishing || client === null || !this.isFresh) return;
    this.isPublishing = true;
    try {
      while (this.untold.length > 0) {
        const facts = [...this.untold];
        await client.query({ ...PUBLISH, values: [facts] });
        this.untold = this.untold.slice(facts.length);
      }
    } catch (error) {
      this.lose(client, error);
    } finally {
      this.isPublishing = false;
    }
  }

  private receive(notification: Notification): void {
    if (notification.channel !== NEWS_CHANNEL || !notification.payload) return;
    const envelope = JSON.parse(notification.payload) as Envelope;
    // What this process told it knew before.
    if (envelope.from === this.id) return;
    this.deliver(envelope.topic, envelope.news);
  }

  private scheduleHeartbeat(client: Client): void {
    this.heartbeat = setTimeout(() => {
      client.query('SELECT 1').then(
        () => {
          if (this.client === client) this.scheduleHeartbeat(client);
        },
        (error: unknown) => {
          this.lose(client, error);
        },
      );
    }, HEARTBEAT_MS).unref();
  }

  /** The first sign that a connection is dead: distrust every memory, then connect anew. */
  private lose(client: Client, error: unknown): void {
    if (this.client !== client || this.isStopped) return;
    this.client = null;
    if (this.heartbeat) clearTimeout(this.heartbeat);
    this.setFresh(false);
    this.logger.warn(`News connection lost: ${error instanceof Error ? error.message : 'unknown'}`);
    // Only its socket is left; it is gone already or will be with the process.
    client.end().catch(() => undefined);
    const delay = Math.min(RECONNECT_MAX_MS, 100 * 2 ** this.failures) * (0.5 + Math.random() / 2);
    this.failures += 1;
    this.reconnect = setTimeout(() => void this.start(), delay).unref();
  }
}
