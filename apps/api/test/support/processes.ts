import { readFile, readdir } from 'node:fs/promises';
import { errorCode } from '../../src/platform/error-code';

export async function allPids(): Promise<number[]> {
  return (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
}

export async function parentOf(pid: number): Promise<number> {
  return Number(await statusOf(pid, 'PPid'));
}

export async function childrenOf(parent: number): Promise<number[]> {
  const pids = await allPids();
  const parents = await Promise.all(pids.map(parentOf));
  return pids.filter((_, n) => parents[n] === parent);
}

/** One field of what Linux tells of a process; empty when it is gone. */
export async function statusOf(pid: number, field: string): Promise<string> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return new RegExp(`^${field}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '';
}

/** Signalling one may have ended another meanwhile. */
export function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
