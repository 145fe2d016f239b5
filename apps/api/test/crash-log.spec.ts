import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ApiProcess } from './support/api-process';
import { eventually } from './support/eventually';
import { TEST_JWT_SECRET, TEST_PASSWORD } from './support/test-app';
import { createTestDatabase, type TestDatabase } from './support/test-database';

const PATIENCE_MS = 20_000;

function crashing(file: string, place: string): string {
  return `--import=${pathToFileURL(join(import.meta.dirname, file)).href}?in=${place}`;
}

describe('a fault that nobody catches', () => {
  let database: TestDatabase;
  let api: ApiProcess;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => api.dispose());
  afterAll(async () => database.drop());

  async function start(nodeOptions: string): Promise<string> {
    const own = { DATABASE_URL: database.url, JWT_SECRET: TEST_JWT_SECRET };
    api = await ApiProcess.start({ ...own, NODE_OPTIONS: nodeOptions });
    return api.origin();
  }

  /** Every fatal line, once there is one. */
  async function fatalLines(): Promise<unknown[]> {
    const lines = (): string[] =>
      api.said.split('\n').filter((line) => line.startsWith('{"level":60'));
    await eventually(() => {
      expect(lines()).not.toEqual([]);
    }, PATIENCE_MS);
    return lines().map((line) => JSON.parse(line) as unknown);
  }

  it.each([
    ['timer', 'uncaughtException'],
    ['promise', 'unhandledRejection'],
  ])('R35 in a %s of a request is one fatal line with its id', async (place, kind) => {
    const origin = await start(crashing('support/crash-in-request.mjs', place));
    const signIn = async (id: string): Promise<Response> =>
      fetch(`${origin}/api/auth/login/`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Request-Id': id },
        body: JSON.stringify({ email: `${id}@school.test`, password: TEST_PASSWORD }),
      });
    // Others are under way meanwhile, and may lose their answer.
    await Promise.allSettled(['some-other', 'crash-after-this', 'another'].map(signIn));
    expect(await api.exited()).toBeGreaterThan(0);
    expect(await fatalLines()).toEqual([
      {
        level: 60,
        time: expect.any(Number),
        request: 'crash-after-this',
        origin: kind,
        stack: expect.stringContaining('crash-in-request.mjs'),
        msg: 'Nobody caught this: Error: drill',
      },
    ]);
  });

  it('R35 outside of any request is one fatal line, and names none', async () => {
    await start(crashing('drills/support/crash-on-signal.mjs', 'timer'));
    api.kill('SIGUSR2');
    expect(await api.exited()).toBeGreaterThan(0);
    const lines = await fatalLines();
    expect(lines).toMatchObject([{ msg: 'Nobody caught this: Error: drill' }]);
    expect(lines[0]).not.toHaveProperty('request');
  });
});
