import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/**
 * Jest's global set-up: one embedded PostgreSQL for all workers, with a migrated template database.
 * It runs in a process of its own, since Jest loads this file without the project's transforms.
 */
export default async function startDatabase(): Promise<void> {
  const server = spawn(
    process.execPath,
    ['--import', '@swc-node/register/esm-register', `${import.meta.dirname}/database-server.ts`],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        TS_NODE_PROJECT: resolve(import.meta.dirname, '../../tsconfig.json'),
      },
    },
  );
  process.env['TEST_DATABASE_SERVER'] = await Promise.race([
    readyUrl(server.stdout),
    once(server, 'exit').then(() => {
      throw new Error('The test database did not start; see the lines above.');
    }),
  ]);
  globalThis.testDatabaseServer = server;
}

async function readyUrl(output: Readable): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const url = /^ready (\S+)$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error('The test database said nothing.');
}

declare global {
  var testDatabaseServer: ReturnType<typeof spawn> | undefined;
}
