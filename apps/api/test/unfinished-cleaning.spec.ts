import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnfinishedCleaning } from '../src/chat/attachments/unfinished-cleaning';
import { TemporaryFiles } from '../src/platform/storage/temporary-files';
import { eventually } from './support/eventually';
import { createTestApp } from './support/test-app';

const PATIENCE_MS = 20_000;
const MINUTE_MS = 60_000;

describe('R39 what unfinished uploads of a crash have left', () => {
  let dataDir: string;
  const unfinished = (): string => join(dataDir, 'uploads', 'unfinished');

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'support-chat-unfinished-'));
  });
  afterEach(async () => rm(dataDir, { recursive: true, force: true }));

  async function leave(name: string, ageMs: number): Promise<void> {
    const folder = join(unfinished(), name);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'file'), 'half');
    const at = new Date(Date.now() - ageMs);
    await utimes(folder, at, at);
  }

  async function stays(...names: string[]): Promise<void> {
    await eventually(async () => {
      expect((await readdir(unfinished())).sort()).toEqual(names);
    }, PATIENCE_MS);
  }

  it('is taken away by every process that starts, in the folder of its own machine', async () => {
    await leave('old', 61 * MINUTE_MS);
    await leave('young', 55 * MINUTE_MS);
    const test = await createTestApp({ dataDir });
    await stays('young');
    await test.close();
  });

  it('is taken away every hour until it stops', async () => {
    const every = jest.spyOn(globalThis, 'setInterval');
    const cleaning = new UnfinishedCleaning(new TemporaryFiles(unfinished()));
    cleaning.onApplicationBootstrap();
    const [[hourly, ms] = [() => undefined, 0]] = every.mock.calls;
    const timer = every.mock.results[0]?.value as NodeJS.Timeout;
    every.mockRestore();
    expect([ms, timer.hasRef()]).toEqual([60 * MINUTE_MS, false]);
    await leave('old', 61 * MINUTE_MS);
    hourly();
    await stays();
    const cleared = jest.spyOn(globalThis, 'clearInterval');
    cleaning.onModuleDestroy();
    expect(cleared).toHaveBeenCalledWith(timer);
    cleared.mockRestore();
  });

  it('is told of in the log where it cannot be taken away', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    await mkdir(join(dataDir, 'uploads'));
    await writeFile(unfinished(), 'no folder');
    const cleaning = new UnfinishedCleaning(new TemporaryFiles(unfinished()));
    cleaning.onApplicationBootstrap();
    await eventually(() => {
      expect(warned).toHaveBeenCalledWith(expect.stringContaining('ENOTDIR'));
    }, PATIENCE_MS);
    cleaning.onModuleDestroy();
    warned.mockRestore();
  });
});
