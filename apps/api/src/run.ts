import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { UserDirectory } from './auth';
import { formatBanner, type SignIn } from './banner';
import { createApp } from './configure-app';
import { loadDemoDataOnce } from './demo/load-demo-data';
import { generatedJwtSecret } from './platform/config/generated-secret';
import { loadSettings } from './platform/config/load-settings';
import type { Settings } from './platform/config/settings';
import { connectDatabase } from './platform/database/connect';
import { unsafeDurabilitySettings } from './platform/database/durability';
import { startEmbeddedPostgres } from './platform/database/embedded';
import { newInstanceName } from './platform/database/instance-name';
import { migrate } from './platform/database/migrate';
import { errorCode } from './platform/error-code';
import { StartupError } from './platform/startup-error';
import { Stopper } from './stopper';

/** The folder with the built apps, beside this bundle. */
const APPS_FOLDER = join(import.meta.dirname, '..');
/** Longer than any request needs, and well before the stop's own deadline. */
const DRAIN_MS = 8_000;

/** Starts everything and prints where it is; a fault that stops the start is one clear line. */
export async function run(): Promise<void> {
  const stopper = new Stopper();
  stopper.stopOnSignals();
  try {
    await start(stopper);
  } catch (error) {
    await stopper.stop();
    if (!(error instanceof StartupError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}

async function start(stopper: Stopper): Promise<void> {
  const settings = loadSettings();
  const database = await openDatabase(settings, stopper);
  const jwtSecret = settings.jwtSecret ?? (await generatedJwtSecret(settings.dataDir));
  const app = await createApp({ settings, jwtSecret, ...database }, APPS_FOLDER);
  stopper.add(async () => closeApp(app));
  if (settings.admin) await app.get(UserDirectory).ensureAdmin(settings.admin);
  const signIns = settings.demoData ? await loadDemoDataOnce(database.dataSource) : [];
  await listen(app, settings);
  process.stdout.write(describe(app, settings, signIns));
}

async function openDatabase(
  settings: Settings,
  stopper: Stopper,
): Promise<{ dataSource: DataSource; databaseUrl: string }> {
  const databaseUrl = settings.databaseUrl ?? (await startEmbedded(settings, stopper));
  const dataSource = await connectDatabase(databaseUrl, newInstanceName());
  stopper.add(async () => (dataSource.isInitialized ? dataSource.destroy() : undefined));
  await checkDurability(dataSource, settings);
  await migrate(dataSource);
  return { dataSource, databaseUrl };
}

async function startEmbedded({ dataDir }: Settings, stopper: Stopper): Promise<string> {
  const embedded = await startEmbeddedPostgres({ dataDir });
  stopper.add(async () => embedded.stop());
  return embedded.url;
}

async function checkDurability(dataSource: DataSource, settings: Settings): Promise<void> {
  const unsafe = await unsafeDurabilitySettings(dataSource);
  if (unsafe.length === 0) return;
  const fault = `The database has ${unsafe.join(', ')} off: a crash would lose messages.`;
  if (settings.production) throw new StartupError(`${fault} Switch it on.`);
  process.stderr.write(`\nWARNING: ${fault}\n`);
}

/** Answers every request that has come in; a client that holds one up for too long is cut off. */
async function closeApp(app: NestFastifyApplication): Promise<void> {
  const { server } = app.getHttpAdapter().getInstance();
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, DRAIN_MS);
  await app.close().finally(() => {
    clearTimeout(cut);
  });
}

async function listen(app: NestFastifyApplication, { host, port }: Settings): Promise<void> {
  try {
    await app.init();
    await app.getHttpAdapter().getInstance().listen({ port, host });
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code === 'EADDRINUSE') {
      throw new StartupError(`Port ${port} on ${host} is taken. Set PORT to a free one.`);
    }
    if (['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(code)) {
      throw new StartupError(`Cannot listen on ${host} port ${port} (${code}).`);
    }
    throw error;
  }
}

function describe(app: NestFastifyApplication, settings: Settings, signIns: SignIn[]): string {
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address ? address.port : settings.port;
  const host = settings.host === '0.0.0.0' || settings.host === '::' ? 'localhost' : settings.host;
  return formatBanner({
    origin: settings.publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    database: settings.databaseUrl === null ? `embedded, in ${settings.dataDir}` : 'DATABASE_URL',
    signIns,
  });
}
