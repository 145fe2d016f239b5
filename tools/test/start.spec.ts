import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '../..');

describe('npm start', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'support chat start '));
  });

  afterEach(async () => {
    for (const pid of await processesOf(dataDir)) process.kill(pid, 'SIGKILL');
    await rm(dataDir, { recursive: true });
  });

  /** In a process group of its own, as a terminal would start it. */
  async function start(): Promise<{ npm: ChildProcess; origin: string; exit: Promise<unknown> }> {
    const npm = spawn('npm', ['start', '--silent'], {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: dataDir, PORT: '0' },
    });
    const exit = once(npm, 'exit');
    let said = '';
    for (const stream of [npm.stdout, npm.stderr]) {
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    }
    await until(() => {
      if (npm.exitCode !== null) throw new Error(said);
      return said.includes('Ctrl-C stops it.');
    });
    const origin = /http:\/\/[\d.]+:\d+/.exec(said)?.[0] ?? '';
    return { npm, origin, exit };
  }

  it.each([
    ['Ctrl-C in the terminal', 'SIGINT', 'group'],
    ['SIGTERM to npm', 'SIGTERM', 'npm'],
  ] as const)('R34 %s is one clean stop', async (_, signal, target) => {
    const { npm, origin, exit } = await start();
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
    process.kill(target === 'group' ? -pidOf(npm) : pidOf(npm), signal);
    expect(await exit).toEqual([0, null]);
    expect(await processesOf(dataDir)).toEqual([]);
    const log = await readFile(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).toMatch(/database system is shut down\n$/);
  });

  it('R35 leaves nothing running when npm is killed outright', async () => {
    const { npm, exit } = await start();
    process.kill(pidOf(npm), 'SIGKILL');
    await exit;
    await until(async () => (await processesOf(dataDir)).length === 0);
    const log = await readFile(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).toMatch(/database system is shut down\n$/);
  });
});

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('It did not start.');
  return pid;
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(20);
}

/** Everything that runs on this data folder, told by arguments or environment. */
async function processesOf(dataDir: string): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [words, settings] = await Promise.all(
        ['cmdline', 'environ'].map((name) =>
          readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => ''),
        ),
      );
      return `${words}${settings}`.includes(dataDir) ? pid : 0;
    }),
  );
  return found.filter((pid) => pid > 0);
}
