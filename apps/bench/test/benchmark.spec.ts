import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Results } from '../src/results';

const ROOT = resolve(import.meta.dirname, '../../..');
const OUTPUT = 'tmp/bench-test';
const PROGRAM = 'dist/apps/bench/main.js';

it('runs every scenario on small data without one failed request', async () => {
  if (!existsSync(resolve(ROOT, PROGRAM))) throw new Error('Build first: nx build bench.');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [PROGRAM, '--quick', '--seconds=0.2', '--rate=100', `--output=${OUTPUT}`],
    { cwd: ROOT, env: { PATH: process.env['PATH'] } },
  );
  expect(stdout).toContain('answered wrongly: 0.');
  const file = await readFile(resolve(ROOT, OUTPUT, 'results.json'), 'utf8');
  const { results } = JSON.parse(file) as { results: Results };
  expect(results.scenarios.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['idle-updates', 'poll-new', 'history-deep', 'inbox', 'send', 'mixed']),
  );
  expect(results.realtime?.latency.map(({ transport }) => transport)).toEqual([
    'socket',
    'polling',
    'relay',
  ]);
  expect(results.realtime?.most.map(({ perSecond }) => perSecond > 0)).toEqual([true, true]);
  expect(results.realtime?.memory?.sockets).toBe(50);
  expect(results.workers.map(({ ratio }) => ratio > 0)).toEqual([true, true, true, true]);
  for (const { figures } of results.scenarios) expect(figures.perSecond).toBeGreaterThan(0);
});
