import { describe, expect, it, beforeAll, afterAll } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { connectDatabase } from '../src/platform/database/connect';
import { migrate, revertLastMigration } from '../src/platform/database/migrate';
import { createTestDatabase, type TestDatabase } from './support/test-database';

/** Everything a migration may make, as text, so that two schemas can be compared. */
const SCHEMA = `
  SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
    || ' ' || coalesce(column_default, '') || ' ' || coalesce(identity_maximum, '') AS line
  FROM information_schema.columns WHERE table_schema = 'public'
  UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'function ' || prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  ORDER BY 1`;

describe('migrations', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await connectDatabase(database.url);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const schema = async (): Promise<string[]> =>
    (await dataSource.query<{ line: string }[]>(SCHEMA)).map(({ line }) => line);

  it('R36 go down and up again to the same schema, one by one', async () => {
    const top = await schema();
    const count = dataSource.migrations.length;
    for (let n = 0; n < count; n += 1) await revertLastMigration(dataSource);
    expect((await schema()).filter((line) => !line.includes('schema_migrations'))).toEqual([]);
    expect(await migrate(dataSource)).toHaveLength(count);
    expect(await schema()).toEqual(top);
  });

  it('R37 instances that start together apply each once', async () => {
    for (let n = dataSource.migrations.length; n > 0; n -= 1) await revertLastMigration(dataSource);
    const others = await Promise.all([1, 2, 3].map(async () => connectDatabase(database.url)));
    const applied = await Promise.all(others.map(async (other) => migrate(other)));
    await Promise.all(others.map(async (other) => other.destroy()));
    expect(applied.flat().sort()).toEqual(dataSource.migrations.map(({ name }) => name).sort());
  });

  it('the entities know every column of their tables', async () => {
    for (const { tableName, columns } of dataSource.entityMetadatas) {
      const rows = await dataSource.query<{ column_name: string }[]>(
        `SELECT column_name FROM information_schema.columns WHERE table_name = $1`,
        [tableName],
      );
      const known = columns.map(({ databaseName }) => databaseName);
      expect(known.sort()).toEqual(rows.map(({ column_name }) => column_name).sort());
    }
  });
});
