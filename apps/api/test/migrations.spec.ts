import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { connectDatabase } from '../src/platform/database/connect';
import { migrate, revertLastMigration } from '../src/platform/database/migrate';
import { eventually } from './support/eventually';
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

const APPLIED = 'SELECT name FROM schema_migrations';

const WAITING_FOR_USERS = `
  SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = database
  WHERE datname = current_database() AND relation = 'auth_user'::regclass AND NOT granted`;

/** Longer than anything that a request asks for. */
class TakeLong1863800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT pg_sleep(7)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.up(runner);
  }
}

class ChangeUsers1863800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE auth_user ADD COLUMN nickname text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE auth_user DROP COLUMN nickname');
  }
}

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

describe('R37 a migration', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(async () => database.drop());

  async function withMigration(
    migration: new () => MigrationInterface,
    work: (dataSource: DataSource) => Promise<void>,
  ): Promise<void> {
    const dataSource = await connectDatabase(database.url);
    dataSource.setOptions({ migrations: [migration] });
    await work(dataSource).finally(async () => dataSource.destroy());
  }

  it('may take longer than a request, up and down, and another instance waits for it', async () => {
    await withMigration(TakeLong1863800000000, async (dataSource) => {
      const applied = await Promise.all([migrate(dataSource), migrate(dataSource)]);
      expect(applied.flat()).toEqual(['TakeLong1863800000000']);
      await revertLastMigration(dataSource);
      expect(await dataSource.query(APPLIED)).toHaveLength(dataSource.migrations.length);
    });
  }, 120_000);

  it('lets requests pass while it cannot have a table, and takes it later', async () => {
    const printed = jest.spyOn(console, 'log');
    const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const reader = new Client({ connectionString: database.url });
    await reader.connect();
    await reader.query('BEGIN; SELECT FROM auth_user');
    await withMigration(ChangeUsers1863800000000, async (dataSource) => {
      const applied = migrate(dataSource);
      await eventually(async () => {
        expect((await reader.query(WAITING_FOR_USERS)).rows).toHaveLength(1);
      }, 30_000);
      await dataSource.query('SELECT FROM auth_user');
      await eventually(() => {
        expect(warned).toHaveBeenCalled();
      }, 30_000);
      await reader.query('COMMIT');
      expect(await applied).toEqual(['ChangeUsers1863800000000']);
    });
    expect(warned).toHaveBeenCalledTimes(1);
    expect(printed).not.toHaveBeenCalled();
    await reader.end();
  }, 120_000);
});
