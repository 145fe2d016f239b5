import { Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { DataSource, MigrationExecutor } from 'typeorm';
import { migrationOptions } from '../../../../../ormconfig';
import { sqlState } from './pg-errors';

const logger = new Logger('Migrations');

/** Any number that no other program on this database uses; all instances share it. */
const MIGRATION_LOCK = 7_351_846_020;

/** Together about 2 min: others may read or write for so long what a migration is to change. */
const ATTEMPTS = 40;
const PAUSE_MS = 1_000;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Brings the schema up to date. Instances that start together take turns under an advisory lock, so
 * each migration is applied once.
 * @returns the names of the migrations that were applied
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  return withMigrationLock(dataSource, async (own) => {
    const pending = await new MigrationExecutor(own).getPendingMigrations();
    await untilUnlocked(async () => own.runMigrations());
    return pending.map(({ name }) => name);
  });
}

/** Takes back the newest migration; its `down` loses the data that only it knows. */
export async function revertLastMigration(dataSource: DataSource): Promise<void> {
  await withMigrationLock(dataSource, async (own) =>
    untilUnlocked(async () => own.undoLastMigration()),
  );
}

/** @param work on connections of its own: it may take longer than any request should */
async function withMigrationLock<T>(
  { options }: DataSource,
  work: (own: DataSource) => Promise<T>,
): Promise<T> {
  if (options.type !== 'postgres') throw new Error('Migrations are written for PostgreSQL.');
  const own = await new DataSource(migrationOptions(options)).initialize();
  try {
    // The lock ends with its connection.
    const runner = own.createQueryRunner();
    await runner.query('SET lock_timeout = 0');
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work(own);
  } finally {
    await own.destroy();
  }
}

/** Gives up waiting for a table soon, and tries again: requests for it come in between. */
async function untilUnlocked(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt >= ATTEMPTS || sqlState(error) !== LOCK_NOT_AVAILABLE) throw error;
      if (attempt === 1) logger.warn('A migration waits for a table in use, two minutes at most.');
      await delay(PAUSE_MS);
    }
  }
}
