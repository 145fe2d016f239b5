import type { DataSource } from 'typeorm';
import { PasswordHasher, UserDirectory } from './auth';
import type { SignIn } from './banner';
import { loadDemoDataOnce } from './demo/load-demo-data';
import { LoneTransport } from './platform/bus/lone-transport';
import { NewsBus } from './platform/bus/news-bus';
import { generatedJwtSecret } from './platform/config/generated-secret';
import type { Settings } from './platform/config/settings';
import { connectDatabase } from './platform/database/connect';
import { unsafeDurabilitySettings } from './platform/database/durability';
import { startEmbeddedPostgres } from './platform/database/embedded';
import { migrate } from './platform/database/migrate';
import { StartupError } from './platform/startup-error';
import type { Stopper } from './stopper';

/** What every process that serves must know. */
export interface Needs {
  databaseUrl: string;
  jwtSecret: string;
}

/** All that is done once, however many processes serve: a running, migrated, filled database. */
export async function prepare(
  settings: Settings,
  stopper: Stopper,
): Promise<Needs & { signIns: SignIn[] }> {
  const databaseUrl = settings.databaseUrl ?? (await startEmbedded(settings, stopper));
  const dataSource = await connectDatabase(databaseUrl);
  try {
    await checkDurability(dataSource, settings);
    await migrate(dataSource);
    const jwtSecret = settings.jwtSecret ?? (await generatedJwtSecret(settings.dataDir));
    if (settings.admin) await directory(dataSource).ensureAdmin(settings.admin);
    const signIns = settings.demoData ? await loadDemoDataOnce(dataSource) : [];
    return { databaseUrl, jwtSecret, signIns };
  } finally {
    await dataSource.destroy();
  }
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

/** Nobody listens in this process yet; the database's triggers tell other instances. */
function directory(dataSource: DataSource): UserDirectory {
  const bus = new NewsBus('start', [new LoneTransport('start')]);
  return new UserDirectory(dataSource, bus, new PasswordHasher());
}
