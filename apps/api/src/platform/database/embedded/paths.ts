import { join } from 'node:path';

/** Where the embedded database keeps its things inside `DATA_DIR`. */
export function embeddedPaths(dataDir: string): Readonly<Record<EmbeddedPath, string>> {
  return {
    lock: join(dataDir, 'instance.lock'),
    cluster: join(dataDir, 'postgres'),
    unfinishedCluster: join(dataDir, 'postgres.unfinished'),
    password: join(dataDir, 'postgres-password'),
    passwordForInit: join(dataDir, 'postgres-password.unfinished'),
    log: join(dataDir, 'postgres.log'),
    previousLog: join(dataDir, 'postgres.log.1'),
  };
}

type EmbeddedPath =
  'lock' | 'cluster' | 'unfinishedCluster' | 'password' | 'passwordForInit' | 'log' | 'previousLog';
