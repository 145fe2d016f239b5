import cluster from 'node:cluster';
import { formatBanner, type SignIn } from './banner';
import { loadSettings } from './platform/config/load-settings';
import type { Settings } from './platform/config/settings';
import { StartupError } from './platform/startup-error';
import { prepare } from './prepare';
import { serve } from './serve';
import { Stopper } from './stopper';
import { reportFault, reportReady } from './workers/worker-messages';
import { Workers } from './workers/workers';

/** Starts everything and prints where it is; a fault that stops the start is one clear line. */
export async function run(): Promise<void> {
  const stopper = new Stopper();
  stopper.stopOnSignals();
  try {
    await (cluster.isWorker ? work(stopper) : start(stopper));
  } catch (error) {
    await stopper.stop();
    if (!(error instanceof StartupError)) throw error;
    if (cluster.isWorker) await reportFault(error.message);
    else process.stderr.write(`\n${error.message}\n`);
    process.exit(1);
  }
}

async function start(stopper: Stopper): Promise<void> {
  const settings = loadSettings();
  const { signIns, ...needs } = await prepare(settings, stopper);
  let port: number;
  if (settings.workers === 1) {
    port = await serve({ settings, ...needs }, stopper);
  } else {
    const workers = new Workers(settings, needs);
    stopper.add(async () => workers.stop());
    port = await workers.start();
  }
  process.stdout.write(describe(port, settings, signIns));
}

/** One of several processes: the primary has prepared everything and set what it must know. */
async function work(stopper: Stopper): Promise<void> {
  const settings = loadSettings();
  const { databaseUrl, jwtSecret } = settings;
  if (databaseUrl === null || jwtSecret === null) throw new Error('The primary sets both.');
  reportReady(await serve({ settings, databaseUrl, jwtSecret }, stopper));
}

function describe(port: number, settings: Settings, signIns: SignIn[]): string {
  const host = settings.host === '0.0.0.0' || settings.host === '::' ? 'localhost' : settings.host;
  return formatBanner({
    origin: settings.publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    database: settings.databaseUrl === null ? `embedded, in ${settings.dataDir}` : 'DATABASE_URL',
    signIns,
  });
}
