import { Client } from 'pg';
import { COUNT_INCONSISTENT, fillStatements } from './fill.statements';
import type { Sizes } from './sizes';

/** Runs `work` on a connection of its own. */
export async function withClient<T>(
  databaseUrl: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client(databaseUrl);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Fills a migrated database in bulk.
 * @param passwordFrom e-mail of an account; everyone gets its password
 * @throws when a conversation's counts do not equal a recount of its messages
 */
export async function fill(databaseUrl: string, sizes: Sizes, passwordFrom: string): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query(`SET work_mem = '256MB'`);
    const { rows } = await client.query<{ password_hash: string }>(
      'SELECT password_hash FROM auth_user WHERE lower(email) = $1',
      [passwordFrom],
    );
    const [account] = rows;
    if (!account) throw new Error(`There is no account ${passwordFrom}.`);
    for (const statement of fillStatements(sizes, account.password_hash)) {
      await client.query(statement);
    }
    await checkConsistency(client);
  });
}

/** The promise of the schema, also after a run: counts always equal a recount. */
export async function checkConsistency(client: Client): Promise<void> {
  const { rows } = await client.query<{ inconsistent: number }>(COUNT_INCONSISTENT);
  const inconsistent = rows[0]?.inconsistent;
  if (inconsistent !== 0) throw new Error(`${inconsistent} conversations have wrong counts.`);
}
