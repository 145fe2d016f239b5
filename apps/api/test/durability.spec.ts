import { afterEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { ApiProcess } from './support/api-process';
import { TEST_JWT_SECRET } from './support/test-app';
import { createTestDatabase, type TestDatabase } from './support/test-database';

/** What a database of its own can set. */
const ANSWER_EARLY = 'ALTER DATABASE %d SET synchronous_commit = off';
/** Only the whole server can set the others: here the table that tells them is covered by another. */
const cover = (name: string): string => `
  CREATE VIEW public.pg_settings AS
    SELECT name, CASE name WHEN '${name}' THEN 'off' ELSE setting END AS setting
    FROM pg_catalog.pg_settings;
  ALTER DATABASE %d SET search_path = public, pg_catalog`;

describe('a database that could lose acknowledged messages in a crash', () => {
  let database: TestDatabase;
  let api: ApiProcess;

  afterEach(async () => {
    await api.dispose();
    await database.drop();
  });

  async function start(change: string, settings: Record<string, string> = {}): Promise<void> {
    database = await createTestDatabase();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query(change.replace('%d', new URL(database.url).pathname.slice(1)));
    await client.end();
    const own = { DATABASE_URL: database.url, JWT_SECRET: TEST_JWT_SECRET };
    api = await ApiProcess.start({ ...own, ...settings });
  }

  it.each([
    ['synchronous_commit', ANSWER_EARLY],
    ['fsync', cover('fsync')],
    ['full_page_writes', cover('full_page_writes')],
  ])('R02 is refused in production: %s', async (name, change) => {
    await start(change, { NODE_ENV: 'production' });
    expect(await api.exited()).toBe(1);
    expect(api.said.trim()).toBe(
      `The database has ${name} off: a crash would lose messages. Switch it on.`,
    );
  });

  it('R02 is shouted about elsewhere', async () => {
    await start(ANSWER_EARLY);
    await api.origin();
    expect(api.said).toContain(
      'WARNING: The database has synchronous_commit off: a crash would lose messages.',
    );
  });
});
