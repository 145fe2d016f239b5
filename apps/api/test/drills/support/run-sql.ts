import { Client, type QueryResultRow } from 'pg';

/** Runs SQL past the application, on a connection of its own. */
export async function run<R extends QueryResultRow>(
  databaseUrl: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<R[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<R>(sql, values.length > 0 ? [...values] : undefined)).rows;
  } finally {
    await client.end();
  }
}
