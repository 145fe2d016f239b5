import type { DataSource } from 'typeorm';

/**
 * A prefix for all that an installation keeps in Redis, so that several can share one: its database,
 * whatever name it is reached by. A dump restored elsewhere is another; a copy of the files is not,
 * and needs a Redis of its own.
 */
export async function installationPrefix(dataSource: DataSource): Promise<string> {
  const [row] = await dataSource.query<{ cluster: string; database: number }[]>(
    `SELECT system_identifier AS cluster, oid AS database
     FROM pg_control_system(), pg_database WHERE datname = current_database()`,
  );
  return `support-chat:${row?.cluster}:${row?.database}`;
}
