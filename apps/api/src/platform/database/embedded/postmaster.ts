import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '../../startup-error';
import { errorCode, ignoreCode } from '../../error-code';
import { isAlive, isGoneWithin, isServerOf } from './processes';

/** What PostgreSQL writes about itself into `postmaster.pid`. */
export interface Postmaster {
  pid: number;
  port: number;
  isReady: boolean;
}

export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const content = await readFile(pidFile(cluster), 'utf8').catch(ignoreCode('ENOENT'));
  const lines = content?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}

/**
 * Ends a server whose owner was killed. Only for the holder of the data folder's lock.
 * @throws StartupError when it will not go
 */
export async function stopOrphan(cluster: string): Promise<void> {
  const orphan = await readPostmaster(cluster);
  if (orphan === undefined || !isAlive(orphan.pid)) return;
  if (!(await isServerOf(orphan.pid, cluster))) {
    // The number was given to another program since, which PostgreSQL would take for a server.
    if (isAlive(orphan.pid)) await rm(pidFile(cluster), { force: true });
    return;
  }
  if (!(await shutDown(orphan.pid, 10_000))) {
    throw new StartupError(
      `A PostgreSQL left over from an earlier run (process ${orphan.pid}) does not stop. End it and start again.`,
    );
  }
}

/** Fast shutdown, then the immediate one, from which the next start recovers. */
export async function shutDown(pid: number, patienceMs: number): Promise<boolean> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (errorCode(error) === 'ESRCH') return true;
      throw error;
    }
    if (await isGoneWithin(pid, patienceMs)) return true;
  }
  return false;
}

function pidFile(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}
