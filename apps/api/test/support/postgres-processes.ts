import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../src/platform/error-code';

export async function postmasterPid(dataDir: string): Promise<number | undefined> {
  const content = await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8').catch(() => '');
  return Number.parseInt(content, 10) || undefined;
}

/** Every PostgreSQL process that works in the folder, its guardian not among them. */
export async function serversOf(dataDir: string): Promise<number[]> {
  const main = await processes(
    (words) => words.includes(`${dataDir}/postgres`) && !words.startsWith('sh\0'),
  );
  const children = await Promise.all(
    (await allPids()).map(async (pid) => ({ pid, parent: await parentOf(pid) })),
  );
  return [...main, ...children.filter(({ parent }) => main.includes(parent)).map(({ pid }) => pid)];
}

export async function guardiansOf(postmaster: number | undefined): Promise<number[]> {
  const guardian = await parentOf(postmaster ?? 0);
  const siblings = await Promise.all(
    (await allPids()).map(async (pid) => ({ pid, parent: await parentOf(pid) })),
  );
  const watchers = siblings.filter(({ pid, parent }) => parent === guardian && pid !== postmaster);
  return [...watchers.map(({ pid }) => pid), guardian];
}

/** Signalling one may have ended another meanwhile. */
export function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

/** One field of what Linux tells of a process; empty when it is gone. */
export async function statusOf(pid: number, field: string): Promise<string> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return new RegExp(`^${field}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '';
}

async function processes(matches: (words: string) => boolean): Promise<number[]> {
  const found = await Promise.all(
    (await allPids()).map(async (pid) => ({
      pid,
      words: await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
    })),
  );
  return found.filter(({ words }) => matches(words)).map(({ pid }) => pid);
}

async function allPids(): Promise<number[]> {
  return (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
}

async function parentOf(pid: number): Promise<number> {
  return Number(await statusOf(pid, 'PPid'));
}
