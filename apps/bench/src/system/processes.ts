import { readdirSync, readFileSync } from 'node:fs';

const MS_PER_TICK = 10; // Linux counts 100 ticks a second on every platform Node runs on.
const KIB_PER_MIB = 1024;

/** Whether the system tells what processes use (`/proc`, so Linux). */
export const canReadProcesses = process.platform === 'linux';

/**
 * CPU time used so far by processes, their threads and their children that have ended, in
 * milliseconds. PostgreSQL's workers come and go, so without the last the sum could fall.
 */
export function cpuMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (readStat(pid)?.cpuMs ?? 0), 0);
}

/** The name of a process's program; empty where the process has ended. */
export function programName(pid: number): string {
  return readIfThere(`/proc/${pid}/comm`)?.trim() ?? '';
}

/** A process and all below it. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = readStat(Number(name))?.parent;
    if (parent === undefined) continue;
    const siblings = children.get(parent);
    if (siblings) siblings.push(Number(name));
    else children.set(parent, [Number(name)]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** Proportional set size: shared memory is divided among those who share it. In MiB. */
export function pssMib(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + readPssKib(pid), 0) / KIB_PER_MIB;
}

function readPssKib(pid: number): number {
  const rollup = readIfThere(`/proc/${pid}/smaps_rollup`);
  return Number(/^Pss: +(\d+) kB/m.exec(rollup ?? '')?.[1] ?? 0);
}

function readStat(pid: number): { parent: number; cpuMs: number } | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  // The name, in parentheses, may hold anything; fields count from behind it (proc(5)).
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (!fields) return undefined;
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { parent: Number(fields[1]), cpuMs: ticks * MS_PER_TICK };
}

/** Processes end at any time. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
