import 'reflect-metadata';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDatabase } from '../../src/platform/database/connect';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded';
import { migrate } from '../../src/platform/database/migrate';

/** Serves the tests' PostgreSQL until its input closes. Prints the address of the template. */
const dataDir = await mkdtemp(join(tmpdir(), 'support-chat-test-'));
const embedded = await startEmbeddedPostgres({ dataDir });
try {
  const dataSource = await connectDatabase(embedded.url);
  await migrate(dataSource);
  await dataSource.destroy();
  process.stdout.write(`ready ${embedded.url}\n`);
  process.stdin.resume();
  await once(process.stdin, 'end');
} finally {
  await embedded.stop();
  await rm(dataDir, { recursive: true, force: true });
}
