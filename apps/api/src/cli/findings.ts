import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { unsafeDurabilitySettings } from '../platform/database/durability';
import { errorCode } from '../platform/error-code';
import type { CommandContext } from './command';

/** One line of the doctor: what was looked at and, where it is not good, what to do. */
export interface Finding {
  isGood: boolean;
  text: string;
}

const OLDEST_POSTGRES = 150_000;
const APPS = ['support', 'admin'];

/** What lies on this machine. */
export async function checkInstallation({
  settings,
  appsFolder,
}: CommandContext): Promise<Finding[]> {
  const apps = APPS.map(async (app) => checkApp(appsFolder, app));
  const settingsFinding = { isGood: true, text: 'The settings can be read.' };
  return [settingsFinding, await checkDataDir(settings.dataDir), ...(await Promise.all(apps))];
}

/** What the database says of itself. */
export async function checkDatabase(dataSource: DataSource): Promise<Finding[]> {
  const findings = [await checkVersion(dataSource), await checkDurability(dataSource)];
  const isMigrated = !(await dataSource.showMigrations());
  findings.push(
    isMigrated
      ? { isGood: true, text: 'The schema is up to date.' }
      : { isGood: false, text: 'The schema is not up to date: run migrate, or start the server.' },
  );
  return isMigrated ? [...findings, await checkAdmins(dataSource)] : findings;
}

async function checkDataDir(dataDir: string): Promise<Finding> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return { isGood: true, text: `DATA_DIR ${dataDir} can be written.` };
  } catch (error) {
    const code = errorCode(error) ?? 'unknown';
    return { isGood: false, text: `DATA_DIR ${dataDir} cannot be used (${code}).` };
  }
}

async function checkApp(appsFolder: string, app: string): Promise<Finding> {
  const isBuilt = await access(join(appsFolder, app, 'browser', 'index.html')).then(
    () => true,
    () => false,
  );
  const text = isBuilt
    ? `The app "${app}" is built.`
    : `The app "${app}" is not built: npm run build.`;
  return { isGood: isBuilt, text };
}

async function checkVersion(dataSource: DataSource): Promise<Finding> {
  const [row] = await dataSource.query<{ number: number; version: string }[]>(
    `SELECT current_setting('server_version_num')::int AS number,
       current_setting('server_version') AS version`,
  );
  const isGood = (row?.number ?? 0) >= OLDEST_POSTGRES;
  const text = `PostgreSQL ${row?.version ?? '?'}${isGood ? '.' : ' is too old: 15 or newer is needed.'}`;
  return { isGood, text };
}

async function checkDurability(dataSource: DataSource): Promise<Finding> {
  const unsafe = await unsafeDurabilitySettings(dataSource);
  if (unsafe.length === 0) return { isGood: true, text: 'The database survives a crash.' };
  return { isGood: false, text: `${unsafe.join(', ')} is off: a crash would lose messages.` };
}

async function checkAdmins(dataSource: DataSource): Promise<Finding> {
  const [row] = await dataSource.query<{ admins: number }[]>(
    `SELECT count(*)::int AS admins FROM auth_user WHERE role = 'admin' AND is_active`,
  );
  const admins = row?.admins ?? 0;
  if (admins === 0) return { isGood: false, text: 'There is no administrator: run create-admin.' };
  return {
    isGood: true,
    text: `${admins} active ${admins === 1 ? 'administrator' : 'administrators'}.`,
  };
}
