import { Inject, Injectable, Logger } from '@nestjs/common';
import { NewsBus } from '../bus/news-bus';
import type { RedisConnection } from '../redis/redis-connection';
import { INSTALLATION, REDIS } from '../redis/redis.module';

const MAX_PENDING = 10_000;
/** Backstop; what changes is forgotten at once. */
const VALUE_SECONDS = 300;
/** Longer than any value lives: a version must not begin anew while one of its values is kept. */
const VERSION_SECONDS = 3_600;
/** Instances hear of a change within this time of each other; later, one more read is the cost. */
const CHANGE_SECONDS = 5;

/** Counts each change once, whichever instance comes first. KEYS: change, version, value, change, … */
const NOTE_CHANGES = `
  for i = 1, #KEYS, 3 do
    if redis.call('SET', KEYS[i], '', 'NX', 'EX', ARGV[1]) then
      redis.call('INCR', KEYS[i + 1])
      redis.call('EXPIRE', KEYS[i + 1], ARGV[2])
      redis.call('DEL', KEYS[i + 2])
    end
  end`;
/** What the value was read under: generation and version. */
const TOKEN = `
  local token = (redis.call('GET', KEYS[1]) or '0') .. '.' .. (redis.call('GET', KEYS[2]) or '0')`;
const LOOK = `${TOKEN}
  local kept = redis.call('HMGET', KEYS[3], 'token', 'value')
  return { token, kept[1] == token and kept[2] or false }`;
const KEEP = `${TOKEN}
  if token == ARGV[1] then
    redis.call('HSET', KEYS[3], 'token', token, 'value', ARGV[2])
    redis.call('EXPIRE', KEYS[3], ARGV[3])
  end`;

/**
 * Numbers that all instances remember together in Redis, always as the database has them: before
 * this process looks one up it has counted every change it heard of, and what was read under an
 * older count is neither kept nor found. Without Redis, or while news may be missed, every call
 * reads.
 */
@Injectable()
export class SharedCache {
  private readonly logger = new Logger(SharedCache.name);
  private readonly pending = new Map<string, string>();
  private isGenerationDue = true;

  constructor(
    private readonly bus: NewsBus,
    @Inject(REDIS) private readonly redis: RedisConnection | null,
    @Inject(INSTALLATION) private readonly installation: string,
  ) {
    bus.onDoubt(() => {
      this.forgetAll();
    });
  }

  /** @param change names what happened, the same on every instance and unlike any other change */
  changed(name: string, change: string): void {
    if (this.redis === null || this.isGenerationDue) return;
    this.pending.set(`${name}:${change}`, name);
    if (this.pending.size > MAX_PENDING) this.forgetAll();
  }

  async get(name: string, read: () => Promise<number>): Promise<number> {
    const token = this.redis && this.bus.isFresh ? await this.look(this.redis, name) : null;
    if (typeof token === 'number') return token;
    const value = await read();
    if (this.redis && token !== null && this.bus.isFresh) {
      this.keep(this.redis, name, token, value).catch((error: unknown) => {
        this.fail(error);
      });
    }
    return value;
  }

  /** The value, or the token to keep it under; null while Redis fails. */
  private async look(redis: RedisConnection, name: string): Promise<number | string | null> {
    try {
      // On one connection, so in this order.
      const [, found] = await Promise.all([
        this.noteChanges(redis),
        redis.commands.eval(LOOK, { keys: this.keysOf(name) }),
      ]);
      const [token, value] = found as [string, string | null];
      return value === null ? token : Number(value);
    } catch (error) {
      this.fail(error);
      return null;
    }
  }

  private async noteChanges({ commands }: RedisConnection): Promise<void> {
    const changes = [...this.pending];
    this.pending.clear();
    if (this.isGenerationDue) {
      this.isGenerationDue = false;
      await commands.incr(this.key('generation'));
    } else if (changes.length > 0) {
      const keys = changes.flatMap(([change, name]) => [
        this.key(`change:${change}`),
        this.key(`version:${name}`),
        this.key(`value:${name}`),
      ]);
      const seconds = [String(CHANGE_SECONDS), String(VERSION_SECONDS)];
      await commands.eval(NOTE_CHANGES, { keys, arguments: seconds });
    }
  }

  private async keep(
    { commands }: RedisConnection,
    name: string,
    token: string,
    value: number,
  ): Promise<void> {
    const values = [token, String(value), String(VALUE_SECONDS)];
    await commands.eval(KEEP, { keys: this.keysOf(name), arguments: values });
  }

  /** A change may be uncounted now: nothing kept so far may be found again. */
  private fail(error: unknown): void {
    this.logger.debug(`Redis was not asked: ${String(error)}`);
    this.forgetAll();
  }

  private forgetAll(): void {
    this.pending.clear();
    this.isGenerationDue = true;
  }

  private keysOf(name: string): string[] {
    return ['generation', `version:${name}`, `value:${name}`].map((key) => this.key(key));
  }

  private key(name: string): string {
    return `${this.installation}:cache:${name}`;
  }
}
