import type { DataSource } from 'typeorm';

/** Any number that no other program on this database uses; all instances share it. */
const MIGRATION_LOCK = 7_351_846_020;

/**
 * Brings the schema up to date. Instances that start together take turns under an advisory lock, so
 * each migration is applied once.
 * @returns the names of the migrations that were applied
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  return withMigrationLock(dataSource, async () => {
    const applied = await dataSource.runMigrations();
    return applied.map(({ name }) => name);
  });
}

/** Takes back the newest migration; its `down` loses the data that only it knows. */
export async function revertLastMigration(dataSource: DataSource): Promise<void> {
  await withMigrationLock(dataSource, async () => dataSource.undoLastMigration());
}

async function withMigrationLock<T>(dataSource: DataSource, work: () => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    // Waiting for another instance's migrations may take longer than any request should.
    await runner.query(`SET statement_timeout = 0; SET lock_timeout = 0`);
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      return await work();
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    }
  } finally {
    await runner.query(`RESET statement_timeout; RESET lock_timeout`);
    await runner.release();
  }
}
