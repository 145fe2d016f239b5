import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { errorCode } from '../../error-code';

const run = promisify(execFile);

/** Whether a process with this id runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** When the process began, in the system's own words; with the id it names one process for ever. */
export async function startTime(pid: number): Promise<string> {
  try {
    if (process.platform !== 'linux') {
      return (await run('ps', ['-o', 'lstart=', '-p', String(pid)])).stdout.trim();
    }
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; field 22 is the start in ticks since boot.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'unknown';
  } catch {
    return 'unknown'; // It ended meanwhile, or this system does not tell.
  }
}

/** Whether the process is a PostgreSQL server started on `cluster`. */
export async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  try {
    const words = await commandLine(pid);
    return words.includes('postgres') && words.includes(cluster);
  } catch {
    return false; // It ended meanwhile.
  }
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8');
  return (await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout;
}

/** Waits until the process is gone. @returns false when it still runs after `patienceMs` */
export async function isGoneWithin(pid: number, patienceMs: number): Promise<boolean> {
  const end = Date.now() + patienceMs;
  while (isAlive(pid)) {
    if (Date.now() > end) return false;
    await delay(20);
  }
  return true;
}
