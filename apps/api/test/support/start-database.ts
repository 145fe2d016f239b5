import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/**
 * Jest's global set-up: one embedded PostgreSQL for all workers, with a migrated template database.
 * It runs in a process of its own, since Jest loads this file without the project's transforms.
 */
export default async function startDatabase(): Promise<void> {
  const server = spawn(
    process.execPath,
    ['--import', '@swc-node/register/esm-register', `${import.meta.dirname}/database-server.ts`],
    { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
  const lines = createInterface({ input: server.stdout });
  const [url] = (await Promise.race([
    once(lines, 'line'),
    once(server, 'exit').then(() => {
      throw new Error('The test database did not start; see the lines above.');
    }),
  ])) as [string];
  process.env['TEST_DATABASE_SERVER'] = url;
  globalThis.testDatabaseServer = server;
}

declare global {
  var testDatabaseServer: ReturnType<typeof spawn> | undefined;
}
