import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tally } from '../lib/tally.mjs';

describe('the last line of npm test', () => {
  let folder: string;
  let tally: Tally;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'support-chat-tally-'));
    tally = new Tally();
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function file(content: unknown): Promise<string> {
    const path = join(folder, 'results.json');
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  const jest = { numFailedTests: 0, numRuntimeErrorTestSuites: 0, numTodoTests: 0 };

  it('adds up Jest and Playwright', async () => {
    const results = { ...jest, numPassedTests: 7, numPendingTests: 2, numTodoTests: 1 };
    await tally.addJest(await file(results), 0);
    const stats = { expected: 3, unexpected: 0, flaky: 0, skipped: 0 };
    await tally.addPlaywright(await file({ stats }), 0);
    expect(String(tally)).toBe('10 passed, 0 failed, 3 skipped');
  });

  it.each([
    [2, '12 passed, 0 failed, 0 skipped'],
    [3, '10 passed, 3 failed, 0 skipped'],
  ])('with %i browser tests that passed at the second try says %s', async (flaky, words) => {
    const stats = { expected: 10, unexpected: 0, flaky, skipped: 0 };
    await tally.addPlaywright(await file({ stats }), 0);
    expect(String(tally)).toBe(words);
  });

  it('counts a test file that could not be loaded as a failure', async () => {
    const results = {
      ...jest,
      numPassedTests: 7,
      numPendingTests: 0,
      numRuntimeErrorTestSuites: 1,
    };
    await tally.addJest(await file(results), 1);
    const stats = { expected: 3, unexpected: 1, flaky: 0, skipped: 0 };
    await tally.addPlaywright(await file({ stats }), 1);
    expect(String(tally)).toBe('10 passed, 2 failed, 0 skipped');
  });

  it.each([
    ['a runner that left no result', undefined, 0],
    ['a result cut short', '{"numPassed', 0],
    ['a run of no test', { ...jest, numPassedTests: 0, numPendingTests: 0 }, 0],
    ['an exit code that no test explains', { ...jest, numPassedTests: 7, numPendingTests: 0 }, 1],
  ])('counts %s as a failure', async (_, results, exitCode) => {
    const path = results === undefined ? join(folder, 'missing.json') : await file(results);
    await tally.addJest(path, exitCode);
    expect(tally.failed).toBe(1);
  });

  it('counts a failed check as one', () => {
    tally.addFailure();
    expect(String(tally)).toBe('0 passed, 1 failed, 0 skipped');
  });
});
