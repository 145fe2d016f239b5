import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { eventually } from './eventually';

/** A migrated database of a test file's own. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** Copies the migrated template; `url` is the copy's. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = new URL(process.env['TEST_DATABASE_SERVER'] ?? '');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await runOnServer(template, `CREATE DATABASE ${name} TEMPLATE "${template.pathname.slice(1)}"`);
  const url = new URL(template);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    // Autovacuum may be at work in it: that is no one's to end, and is done soon.
    drop: async () =>
      eventually(async () => runOnServer(template, `DROP DATABASE ${name} WITH (FORCE)`), 30_000),
  };
}

/** On the maintenance database: a template cannot be copied while somebody is connected to it. */
async function runOnServer(template: URL, sql: string): Promise<void> {
  const url = new URL(template);
  url.pathname = '/postgres';
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    // Two copies at once would refuse each other: both lock the template.
    await client.query('SELECT pg_advisory_lock(1)');
    await client.query(sql);
  } finally {
    await client.end();
  }
}
