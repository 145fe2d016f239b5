import { Injectable } from '@nestjs/common';
import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool, type PoolClient, type QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';
import { ProblemError } from '../http/problem.error';
import { isConnectionLost, isRefusal, isRetryable } from './pg-errors';

/** One SQL statement, prepared once per connection under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

type Values = readonly unknown[];

/** $1 backends. Of them, those that are at work. */
const AT_WORK: Statement = {
  name: 'backends-at-work',
  text: `SELECT pid FROM pg_stat_activity
    WHERE pid = ANY ($1::int[]) AND state = 'active' AND pid <> pg_backend_pid()`,
};

const MAX_ATTEMPTS = 4;
const MAX_WAITING = 1_000;

/** Runs prepared statements inside one transaction. */
export class Transaction {
  constructor(private readonly client: PoolClient) {}

  async rows<R extends QueryResultRow>(statement: Statement, values: Values): Promise<R[]> {
    const result = await this.client.query<R>({ ...statement, values: [...values] });
    return result.rows;
  }

  /** For a text that another library makes: not prepared. */
  async unprepared(text: string, values: Values): Promise<QueryResultRow[]> {
    return (await this.client.query<QueryResultRow>(text, [...values])).rows;
  }
}

/**
 * The hot statements' way to PostgreSQL: named, so prepared once per connection, on the same pool
 * that TypeORM uses. Fails with `unavailable` when no connection can be had, and a write whose
 * link broke before the answer came fails with `outcome_unknown`.
 */
@Injectable()
export class Database {
  private readonly pool: Pool;
  private readonly outcomes = new EventEmitter();
  private readonly watched = new WeakSet<PoolClient>();
  private readonly broken = new WeakSet<PoolClient>();
  /** Backends whose link broke before they said whether they had committed. */
  private readonly unheard = new Set<number>();
  private writes = 0;

  constructor(dataSource: DataSource) {
    const { driver } = dataSource;
    if (!('master' in driver) || !(driver.master instanceof Pool)) {
      throw new Error('The TypeORM driver has no pg pool.');
    }
    this.pool = driver.master;
    this.pool.on('acquire', (client) => {
      this.watch(client);
    });
  }

  /** Calls `handler` whenever a write may or may not have been committed, before its caller knows. */
  onUnknownOutcome(handler: () => void): void {
    this.outcomes.on('unknown', handler);
  }

  /** Reads: a lost link is `unavailable`. */
  async rows<R extends QueryResultRow>(statement: Statement, values: Values): Promise<R[]> {
    const client = await this.connect();
    return this.use(client, async () => new Transaction(client).rows<R>(statement, values));
  }

  /** One writing statement, its own transaction. Deadlocks are retried. */
  async write<R extends QueryResultRow>(statement: Statement, values: Values): Promise<R[]> {
    return this.attempt(
      async (client) => new Transaction(client).rows<R>(statement, values),
      (error) => !isRefusal(error),
    );
  }

  /** Several statements, all or nothing. Deadlocks and serialisation failures run it again. */
  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    let isCommitting = false;
    return this.attempt(
      async (client) => {
        isCommitting = false;
        await client.query('BEGIN');
        try {
          const result = await work(new Transaction(client));
          isCommitting = true;
          await client.query('COMMIT');
          return result;
        } catch (error) {
          if (!isConnectionLost(error)) await this.rollBack(client);
          throw error;
        }
      },
      (error) => isConnectionLost(error) || (isCommitting && !isRefusal(error)),
    );
  }

  /** Resolves when nothing is being written, with false when that lasts longer than `ms`. */
  async hasWritten(ms: number): Promise<boolean> {
    const end = performance.now() + ms;
    while (this.writes > 0 && performance.now() < end) await delay(10);
    return this.writes === 0;
  }

  /**
   * Whether a write whose outcome is unknown may still be committed. No time limit of PostgreSQL's
   * ends a commit that waits for a standby or a disk. True also where the database cannot be asked.
   */
  async isCommittingUnheard(): Promise<boolean> {
    if (this.unheard.size === 0) return false;
    const asked = [...this.unheard];
    try {
      const rows = await this.rows<{ pid: number }>(AT_WORK, [asked]);
      const atWork = new Set(rows.map(({ pid }) => pid));
      for (const pid of asked) if (!atWork.has(pid)) this.unheard.delete(pid);
      return this.unheard.size > 0;
    } catch {
      return true; // It is asked again, and all who read hear why it is away.
    }
  }

  private async attempt<T>(
    work: (client: PoolClient) => Promise<T>,
    isUnclear: (error: unknown) => boolean,
  ): Promise<T> {
    this.writes += 1;
    try {
      return await this.tryUntilClear(work, isUnclear);
    } finally {
      this.writes -= 1;
    }
  }

  private async tryUntilClear<T>(
    work: (client: PoolClient) => Promise<T>,
    isUnclear: (error: unknown) => boolean,
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const client = await this.connect();
      try {
        return await this.use(client, async () => work(client));
      } catch (error) {
        if (isUnclear(error)) {
          this.noteUnheard(client);
          this.outcomes.emit('unknown');
          throw new ProblemError(
            'outcome_unknown',
            'The link to the database broke: this may or may not have been stored. Ask again.',
            { retryAfter: 2, cause: error },
          );
        }
        if (attempt >= MAX_ATTEMPTS || !isRetryable(error)) throw error;
        await jitter(attempt);
      }
    }
  }

  private noteUnheard(client: PoolClient): void {
    // The driver knows it, its types do not; null where a link never stood.
    const { processID } = client as PoolClient & { processID?: number | null };
    if (processID) this.unheard.add(processID);
  }

  /** Waits for at most 2 s, among at most `MAX_WAITING`: a flood is refused, not hoarded. */
  private async connect(): Promise<PoolClient> {
    if (this.pool.waitingCount >= MAX_WAITING) throw ProblemError.unavailable();
    try {
      return await this.pool.connect();
    } catch (error) {
      throw ProblemError.unavailable(error);
    }
  }

  private async use<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isConnectionLost(error)) this.broken.add(client);
      throw error;
    } finally {
      // A broken connection must not go back to the pool.
      client.release(this.broken.has(client));
    }
  }

  /** A roll-back that fails leaves a connection that `use` gives up; the first error tells more. */
  private async rollBack(client: PoolClient): Promise<void> {
    try {
      await client.query('ROLLBACK');
    } catch {
      this.broken.add(client);
    }
  }

  /**
   * The pool hears an idle connection break, a statement hears its own. In between, as right after
   * it was handed out, nobody would, and an error that nobody hears ends the process.
   */
  private watch(client: PoolClient): void {
    if (this.watched.has(client)) return;
    this.watched.add(client);
    client.on('error', () => this.broken.add(client));
  }
}

/** Waits a random time that grows with the attempt, so that rivals do not meet again. */
async function jitter(attempt: number): Promise<void> {
  const ms = Math.random() * 20 * 2 ** attempt;
  await new Promise((resolve) => setTimeout(resolve, ms));
}
