import { DataSource } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import { AUTH_ENTITIES } from './apps/api/src/auth/entities';
import { CHAT_ENTITIES } from './apps/api/src/chat/entities';
import { DEAD_PEER_OPTIONS } from './apps/api/src/platform/database/dead-peer-options';
import { MIGRATIONS } from './apps/api/src/platform/database/migrations';

export interface ConnectionOptions {
  /** What the database calls these connections. */
  applicationName?: string;
  /** How many at most. */
  poolSize?: number;
}

/**
 * The only database options: the app, the tests and the TypeORM command line use them.
 * @param url `postgres://` address of the database
 */
export function databaseOptions(
  url: string,
  { applicationName = 'support-chat', poolSize = 12 }: ConnectionOptions = {},
): PostgresDataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: [...AUTH_ENTITIES, ...CHAT_ENTITIES],
    migrations: MIGRATIONS,
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    // Ids are below 2^53 by the sequences' maximum, so they are exact as numbers.
    parseInt8: true,
    applicationName,
    connectTimeoutMS: 2_000,
    extra: {
      max: poolSize,
      statement_timeout: 5_000,
      query_timeout: 6_000,
      lock_timeout: 2_000,
      idle_in_transaction_session_timeout: 10_000,
      keepAlive: true,
      // Every prepared statement has one good plan; planning anew takes longer than most run.
      options: `-c plan_cache_mode=force_generic_plan ${DEAD_PEER_OPTIONS}`,
    },
  };
}

/**
 * The same, for migrations: a statement may take as long as it needs. Locks are waited for no longer
 * than in requests, which wait behind whoever waits for one.
 */
export function migrationOptions(options: PostgresDataSourceOptions): PostgresDataSourceOptions {
  return {
    ...options,
    // What fails is thrown; the default would print each try as well.
    logger: 'debug',
    // A number 0 would not be sent, and the server's own limit would hold.
    extra: { ...options.extra, statement_timeout: '0', query_timeout: 0 },
  };
}

/** For the TypeORM command line: `DATABASE_URL=… npm run typeorm -- migration:show`. */
export default new DataSource(databaseOptions(process.env['DATABASE_URL'] ?? ''));
