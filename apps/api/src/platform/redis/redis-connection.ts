import { Logger } from '@nestjs/common';
import { createClient } from '@redis/client';

const CONNECT_TIMEOUT_MS = 2_000;
/** The bus beats each second on both connections: a longer silence is a dead link. */
const SILENCE_MS = 3_000;
const RECONNECT_MAX_MS = 2_000;

/** A client that fails its commands at once while there is no connection. */
export type RedisClient = ReturnType<typeof createRedisClient>;

export interface RedisOwner {
  up(): void;
  down(): void;
}

/**
 * Two connections to Redis, one for commands and one that listens. It is up while both stand,
 * connects again by itself, and finds a dead link within 3 s. While it is down commands reject, at
 * the latest when it is found.
 */
export class RedisConnection {
  readonly commands: RedisClient;
  readonly listener: RedisClient;
  private readonly logger = new Logger(RedisConnection.name);
  private readonly owners: RedisOwner[] = [];
  private isStopped = false;
  private hasFallen = false;

  constructor(url: string) {
    this.commands = createRedisClient(url);
    this.listener = createRedisClient(url);
    for (const client of [this.commands, this.listener]) {
      client.on('ready', () => {
        this.rise();
      });
    }
    this.commands.on('error', (error: unknown) => {
      this.fall(error);
    });
    this.listener.on('error', (error: unknown) => {
      // Its silence is noticed; commands that nobody answers are not, for each one looks like life.
      if (!this.hasFallen) this.renewCommands();
      this.fall(error);
    });
  }

  /** Owners are told in the order in which they were added. */
  add(owner: RedisOwner): void {
    this.owners.push(owner);
  }

  /** Resolves when it is up, or when the first try has failed. */
  async start(): Promise<void> {
    const firstTry = new Promise<void>((resolve) => {
      this.add({ up: resolve, down: resolve });
    });
    for (const client of [this.commands, this.listener]) this.connect(client);
    await firstTry;
  }

  stop(): void {
    this.isStopped = true;
    this.commands.destroy();
    this.listener.destroy();
  }

  private rise(): void {
    if (this.isStopped || !this.commands.isReady || !this.listener.isReady) return;
    if (this.hasFallen) this.logger.log('Redis can be used again.');
    this.hasFallen = false;
    for (const owner of this.owners) owner.up();
  }

  /** Rejects what waits for an answer. */
  private renewCommands(): void {
    if (this.isStopped || !this.commands.isOpen) return;
    this.commands.destroy();
    this.connect(this.commands);
  }

  private connect(client: RedisClient): void {
    // Ends only when it is stopped before it was up; everything else is an `error` event.
    client.connect().catch((error: unknown) => {
      this.fall(error);
    });
  }

  private fall(error: unknown): void {
    if (this.isStopped) return;
    if (!this.hasFallen) this.logger.warn(`Redis cannot be used: ${reason(error)}`);
    this.hasFallen = true;
    for (const owner of this.owners) owner.down();
  }
}

function createRedisClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SILENCE_MS,
      reconnectStrategy: (retries) =>
        Math.min(RECONNECT_MAX_MS, 50 * 2 ** retries) * (0.5 + Math.random() / 2),
    },
  });
}

function reason(error: unknown): string {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return inner instanceof Error ? inner.message : String(inner);
}
