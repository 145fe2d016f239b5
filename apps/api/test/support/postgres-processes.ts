import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { allPids, childrenOf, parentOf } from './processes';

export async function postmasterPid(dataDir: string): Promise<number | undefined> {
  const content = await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8').catch(() => '');
  return Number.parseInt(content, 10) || undefined;
}

/** Every PostgreSQL process that works in the folder, its guardian not among them. */
export async function serversOf(dataDir: string): Promise<number[]> {
  const main = await processes(
    (words) => words.includes(`${dataDir}/postgres`) && !words.startsWith('sh\0'),
  );
  return [...main, ...(await Promise.all(main.map(childrenOf))).flat()];
}

export async function guardiansOf(postmaster: number | undefined): Promise<number[]> {
  const guardian = await parentOf(postmaster ?? 0);
  const watchers = (await childrenOf(guardian)).filter((pid) => pid !== postmaster);
  return [...watchers, guardian];
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
