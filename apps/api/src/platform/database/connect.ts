import { setTimeout as delay } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { databaseOptions, type ConnectionOptions } from '../../../../../ormconfig';
import { errorCode } from '../error-code';
import { StartupError } from '../startup-error';
import { isDatabaseUnavailable, sqlState } from './pg-errors';

const ATTEMPTS = 8;

/**
 * Opens the pool, waiting up to about 15 s for a database that is just starting.
 * @throws StartupError when it stays out of reach or refuses this account
 */
export async function connectDatabase(
  url: string,
  options?: ConnectionOptions,
): Promise<DataSource> {
  const dataSource = new DataSource(databaseOptions(url, options));
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await dataSource.initialize();
    } catch (error) {
      if (attempt >= ATTEMPTS || !isDatabaseUnavailable(error)) {
        throw new StartupError(describe(url, attempt, error));
      }
      await delay(Math.min(3_000, 250 * 2 ** (attempt - 1)));
    }
  }
}

/** One line without the password, and without anything the driver would add. */
function describe(url: string, attempts: number, error: unknown): string {
  const { hostname, port, pathname } = new URL(url);
  const where = `${hostname}:${port || '5432'}${pathname}`;
  const tries = attempts === 1 ? 'on the first try' : `after ${attempts} tries`;
  return `The database at ${where} cannot be used (${sqlState(error) ?? errorCode(error) ?? 'no answer'}) ${tries}. Check DATABASE_URL.`;
}
