import { once } from 'node:events';
import { startEmbeddedPostgres } from './embedded-postgres';

/**
 * Serves the embedded database of `DATA_DIR` alone, without the API, until its input ends.
 * Prints `ready` and the address. For programs that bring their own database, as the benchmark does.
 */
const embedded = await startEmbeddedPostgres({ dataDir: process.env['DATA_DIR'] ?? './.data' });
process.once('SIGTERM', () => process.stdin.destroy());
process.stdout.write(`ready ${embedded.url}\n`);
process.stdin.resume();
await once(process.stdin, 'close');
await embedded.stop();
