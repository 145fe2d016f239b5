import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StartupError } from '../../startup-error';
import { ignoreCode } from '../../error-code';
import type { embeddedPaths } from './paths';
import type { RunAs } from './run-as';
import { INITDB_OPTIONS } from './server-options';

type Paths = ReturnType<typeof embeddedPaths>;

const run = promisify(execFile);

/** Whether the cluster was made and finished; one half made was never moved to its place. */
export async function clusterExists(paths: Paths): Promise<boolean> {
  return (await lstat(join(paths.cluster, 'PG_VERSION')).catch(ignoreCode('ENOENT'))) !== undefined;
}

/** Makes a new cluster beside its place and moves it there once it is whole. */
export async function createCluster(paths: Paths, initdb: string, runAs: RunAs): Promise<void> {
  const password = randomBytes(24).toString('base64url');
  await rm(paths.unfinishedCluster, { recursive: true, force: true });
  await mkdir(paths.unfinishedCluster, { mode: 0o700 });
  await writePrivately(paths.password, password);
  await writePrivately(paths.passwordForInit, password);
  for (const path of [paths.unfinishedCluster, paths.passwordForInit]) await give(path, runAs);
  const [command, ...args] = [
    ...runAs.prefix,
    initdb,
    ...INITDB_OPTIONS,
    `--pwfile=${paths.passwordForInit}`,
    `--pgdata=${paths.unfinishedCluster}`,
  ];
  try {
    await run(command, args, { ...runAs.ids, cwd: '/', env: serverEnvironment() });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new StartupError(`The embedded database cannot be made: ${lastLine(said)}`);
  } finally {
    await rm(paths.passwordForInit, { force: true });
  }
  await rename(paths.unfinishedCluster, paths.cluster);
}

/** @throws StartupError when the password made at the first start is gone */
export async function readPassword(paths: Paths): Promise<string> {
  try {
    return (await readFile(paths.password, 'utf8')).trim();
  } catch {
    throw new StartupError(
      `The password of the embedded database, ${paths.password}, cannot be read. It belongs to whoever started first.`,
    );
  }
}

/** Hands a cluster copied by root back to the account that runs it. */
export async function adoptCluster(paths: Paths, runAs: RunAs): Promise<void> {
  if (runAs.owner === null || (await lstat(paths.cluster)).uid !== 0) return;
  const inside = await readdir(paths.cluster, { recursive: true });
  for (const name of inside) await give(join(paths.cluster, name), runAs);
  await give(paths.cluster, runAs);
}

/** Nothing of the caller's PostgreSQL settings (`PGDATA`, `PGPORT`, …) may reach the server. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C' };
}

async function writePrivately(path: string, content: string): Promise<void> {
  await rm(path, { force: true });
  await writeFile(path, `${content}\n`, { mode: 0o600, flag: 'wx' });
}

async function give(path: string, { owner }: RunAs): Promise<void> {
  if (owner !== null) await chown(path, owner.uid, owner.gid);
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
