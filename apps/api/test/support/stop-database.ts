import { once } from 'node:events';

/** Jest's global tear-down: closing its input tells the database's process to stop. */
export default async function stopDatabase(): Promise<void> {
  const server = globalThis.testDatabaseServer;
  if (server?.exitCode !== null) return;
  server.stdin?.end();
  await once(server, 'exit');
}
