import type { DataSource } from 'typeorm';
import type { Settings } from '../platform/config/settings';
import { connectDatabase } from '../platform/database/connect';
import { attachEmbeddedPostgres, startEmbeddedPostgres } from '../platform/database/embedded';
import { migrate } from '../platform/database/migrate';

/**
 * Works on the server's database: the one of `DATABASE_URL`, the embedded one of a running server,
 * or, when none runs, the embedded one started for as long as the work takes.
 */
export async function withDatabase<T>(
  settings: Settings,
  work: (dataSource: DataSource) => Promise<T>,
): Promise<T> {
  const running = settings.databaseUrl ?? (await attachEmbeddedPostgres(settings));
  if (running !== null) return connected(running, work);
  const embedded = await startEmbeddedPostgres(settings);
  try {
    return await connected(embedded.url, work);
  } finally {
    await embedded.stop();
  }
}

/** The same, with the schema brought up to date first, as every start of the server does. */
export async function withMigratedDatabase<T>(
  settings: Settings,
  work: (dataSource: DataSource) => Promise<T>,
): Promise<T> {
  return withDatabase(settings, async (dataSource) => {
    await migrate(dataSource);
    return work(dataSource);
  });
}

async function connected<T>(url: string, work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const dataSource = await connectDatabase(url);
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
