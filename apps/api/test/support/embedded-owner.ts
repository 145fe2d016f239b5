import { startEmbeddedPostgres } from '../../src/platform/database/embedded';
import { StartupError } from '../../src/platform/startup-error';

/** A process that owns an embedded database: tells its address, stops it on SIGTERM. */
try {
  const database = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '' });
  process.once('SIGTERM', () => {
    void database.stop();
  });
  process.stdout.write(`${database.url}\n`);
} catch (error) {
  if (!(error instanceof StartupError)) throw error;
  process.stdout.write(`refused: ${error.message}\n`);
}
