import { describe, expect, it } from '@jest/globals';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { childrenOf, signalIfThere } from '../support/processes';
import { showFigures, timed } from './support/figures';
import { Stage } from './support/stage';
import { allStored, compareWithTable } from './support/stored';

/** From the fault until all serve again. */
const BACK_MS = 5_000;
const CRASH_FILE = pathToFileURL(join(import.meta.dirname, 'support/crash-on-signal.mjs')).href;

describe('a fault that nobody catches, under load', () => {
  const stage = new Stage();

  it.each(['timer', 'stream', 'socket', 'promise'])(
    'R35 in a %s: logged, the process ends at once with an error, nothing acknowledged is lost',
    async (place) => {
      const databaseUrl = await stage.database();
      const api = await stage.api(databaseUrl, {
        NODE_OPTIONS: `--import=${CRASH_FILE}?in=${place}`,
      });
      const load = stage.load(await api.students(8));
      await load.reaches(100);
      const crashed = api.current;
      const { ms: endMs, result: code } = await timed(async () => {
        crashed.kill('SIGUSR2');
        return crashed.exited();
      });
      const { ms: backMs } = await timed(async () => api.start());
      await load.reaches(load.acknowledged.length + 100);
      await load.stop();
      const difference = await compareWithTable(databaseUrl, load.acknowledged);
      showFigures(`R35 ${place}`, {
        'exit code': Number(code),
        'ended after ms': endMs,
        'started again in ms': backMs,
        acknowledged: load.acknowledged.length,
        ...difference,
      });
      expect(code).toBeGreaterThan(0);
      expect(endMs + backMs).toBeLessThan(BACK_MS);
      expect(crashed.said).toMatch(/Error: drill\b[\s\S]*crash-on-signal/);
      expect(difference).toEqual(allStored(load.acknowledged));
    },
  );

  it('R35 in one of two workers: the other serves on, it is replaced, nothing acknowledged is lost', async () => {
    const databaseUrl = await stage.database();
    const api = await stage.api(databaseUrl, {
      NODE_OPTIONS: `--import=${CRASH_FILE}?in=timer`,
      WEB_CONCURRENCY: '2',
      LOG_LEVEL: 'info',
    });
    const load = stage.load(await api.students(8));
    await load.reaches(100);
    const [worker = 0] = await childrenOf(api.current.pid);
    signalIfThere(worker, 'SIGUSR2');
    const { ms: servedMs } = await timed(async () => load.reaches(load.acknowledged.length + 10));
    const { ms: replacedMs } = await timed(async () =>
      eventually(() => {
        expect(api.current.said).toContain('A worker serves in its place.');
      }, BACK_MS),
    );
    await load.reaches(load.acknowledged.length + 100);
    await load.stop();
    const difference = await compareWithTable(databaseUrl, load.acknowledged);
    showFigures('R35 worker', {
      'ten sends later after ms': servedMs,
      'replaced after ms': servedMs + replacedMs,
      acknowledged: load.acknowledged.length,
      'outcomes unknown at first': load.unknowns,
      ...difference,
    });
    expect(servedMs + replacedMs).toBeLessThan(BACK_MS);
    expect(api.current.said).toMatch(/Error: drill\b[\s\S]*crash-on-signal/);
    expect(difference).toEqual(allStored(load.acknowledged));
  });
});
