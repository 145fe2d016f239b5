import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { errorCode } from '../error-code';
import { StartupError } from '../startup-error';
import { formatFaults, type Fault } from './fault-table';
import * as read from './setting-readers';
import { LOG_LEVELS, Settings, type MailSettings, type S3Settings } from './settings';
import { hasOwnPrefix, misspelledSetting } from './unknown-settings';

type Environment = Readonly<Record<string, string | undefined>>;

/** Every name an operator may set. `NODE_ENV` is Node's own. */
export const SETTING_NAMES = [
  'PORT',
  'HOST',
  'DATABASE_URL',
  'DATA_DIR',
  'JWT_SECRET',
  'ADMIN_EMAIL',
  'ADMIN_PASSWORD',
  'DEMO_DATA',
  'RATE_LIMITS',
  'REGISTRATION',
  'METRICS',
  'METRICS_PORT',
  'PUBLIC_URL',
  'ALLOWED_ORIGINS',
  'TRUST_PROXY',
  'LOG_LEVEL',
  'PUSH',
  'PUSH_HOSTS',
  'PUSH_WITH_TEXT',
  'PUSH_DELAY_SECONDS',
  'SMTP_URL',
  'MAIL_FROM',
  'MAIL_DELAY_MINUTES',
  'MAIL_WITH_TEXT',
  'REDIS_URL',
  'WEB_CONCURRENCY',
  'S3_ENDPOINT',
  'S3_BUCKET',
  'S3_REGION',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
  'NODE_ENV',
] as const;
type SettingName = (typeof SETTING_NAMES)[number];

const S3_NAMES = SETTING_NAMES.filter((name) => name.startsWith('S3_'));

/**
 * Reads all settings from `.env` in the working folder and from the environment, which wins.
 * @throws StartupError with one table of every wrong or unknown setting
 */
export function loadSettings(environment: Environment = process.env, envFile = '.env'): Settings {
  const file = readEnvFile(envFile);
  const faults: Fault[] = [...unknownInFile(file, envFile), ...unknownInEnvironment(environment)];
  const reader = new SettingReader({ ...file, ...environment }, faults);
  const settings = readAll(reader);
  crossCheck(settings, reader, faults);
  if (faults.length > 0) throw new StartupError(formatFaults(faults));
  return settings;
}

class SettingReader {
  constructor(
    private readonly values: Environment,
    private readonly faults: Fault[],
  ) {}

  has(name: SettingName): boolean {
    return (this.values[name] ?? '') !== '';
  }

  read<T, D>(name: SettingName, parse: (raw: string) => T, fallback: D): T | D {
    const raw = this.values[name];
    if (raw === undefined || raw === '') return fallback;
    try {
      return parse(raw);
    } catch (error) {
      if (!(error instanceof read.SettingFault)) throw error;
      this.faults.push({ name, fault: error.message });
      return fallback;
    }
  }
}

function readAll(reader: SettingReader): Settings {
  const databaseUrl = reader.read('DATABASE_URL', read.url('postgres:', 'postgresql:'), null);
  const email = reader.read('ADMIN_EMAIL', read.email, null);
  const password = reader.read('ADMIN_PASSWORD', read.password, null);
  return new Settings({
    port: reader.read('PORT', read.wholeNumber(0, 65_535), 3000),
    host: reader.read('HOST', read.hostName, '127.0.0.1'),
    databaseUrl,
    dataDir: resolve(reader.read('DATA_DIR', read.text, './.data')),
    jwtSecret: reader.read('JWT_SECRET', read.secret, null),
    admin: email !== null && password !== null ? { email, password } : null,
    demoData: reader.read('DEMO_DATA', read.onOff, databaseUrl === null),
    rateLimits: reader.read('RATE_LIMITS', read.onOff, true),
    registration: reader.read('REGISTRATION', read.onOff, true),
    publicMetrics: reader.read('METRICS', read.onOff, false),
    metricsPort: reader.read('METRICS_PORT', read.wholeNumber(0, 65_535), null),
    publicUrl: reader.read('PUBLIC_URL', read.siteAddress, null),
    allowedOrigins: reader.read('ALLOWED_ORIGINS', read.list(read.origin), []),
    trustedProxies: reader.read('TRUST_PROXY', read.list(read.proxyAddress), []),
    logLevel: reader.read('LOG_LEVEL', read.oneOf(LOG_LEVELS), 'info'),
    redisUrl: reader.read('REDIS_URL', read.url('redis:', 'rediss:'), null),
    push: reader.read('PUSH', read.onOff, true),
    pushHosts: reader.read('PUSH_HOSTS', read.list(read.pushHost), []),
    pushWithText: reader.read('PUSH_WITH_TEXT', read.onOff, false),
    pushDelaySeconds: reader.read('PUSH_DELAY_SECONDS', read.wholeNumber(0, 3_600), 10),
    mail: readMail(reader),
    workers: reader.read('WEB_CONCURRENCY', read.wholeNumber(1, 64), 1),
    s3: readS3(reader),
    production: reader.read('NODE_ENV', read.text, '') === 'production',
  });
}

/** Null unless all five are set; `crossCheck` finds those that are missing. */
function readS3(reader: SettingReader): S3Settings | null {
  const endpoint = reader.read('S3_ENDPOINT', read.url('http:', 'https:'), null);
  const bucket = reader.read('S3_BUCKET', read.bucketName, null);
  const region = reader.read('S3_REGION', read.text, null);
  const accessKeyId = reader.read('S3_ACCESS_KEY_ID', read.text, null);
  const secretAccessKey = reader.read('S3_SECRET_ACCESS_KEY', read.text, null);
  if (endpoint === null || bucket === null || region === null) return null;
  if (accessKeyId === null || secretAccessKey === null) return null;
  return { endpoint, bucket, region, accessKeyId, secretAccessKey };
}

function readMail(reader: SettingReader): MailSettings | null {
  const smtpUrl = reader.read('SMTP_URL', read.url('smtp:', 'smtps:'), null);
  const from = reader.read('MAIL_FROM', read.mailbox, null);
  const delayMinutes = reader.read('MAIL_DELAY_MINUTES', read.wholeNumber(0, 10_080), 10);
  const withText = reader.read('MAIL_WITH_TEXT', read.onOff, false);
  if (smtpUrl === null || from === null) return null;
  return { smtpUrl, from, delayMinutes, withText };
}

function crossCheck(settings: Settings, reader: SettingReader, faults: Fault[]): void {
  const needsSecret = settings.production || reader.has('DATABASE_URL');
  if (needsSecret && !reader.has('JWT_SECRET')) {
    const reason = settings.production ? 'in production' : 'with DATABASE_URL';
    faults.push({ name: 'JWT_SECRET', fault: `is required ${reason}: at least 32 random bytes` });
  }
  if (reader.has('ADMIN_EMAIL') !== reader.has('ADMIN_PASSWORD')) {
    const missing = reader.has('ADMIN_EMAIL') ? 'ADMIN_PASSWORD' : 'ADMIN_EMAIL';
    faults.push({ name: missing, fault: 'is required together with its twin' });
  }
  if (S3_NAMES.some((name) => reader.has(name))) {
    for (const name of S3_NAMES.filter((candidate) => !reader.has(candidate))) {
      faults.push({ name, fault: 'is required where files are kept on S3' });
    }
  }
  if (!reader.has('SMTP_URL')) return;
  for (const name of ['MAIL_FROM', 'PUBLIC_URL'] as const) {
    if (!reader.has(name)) faults.push({ name, fault: 'is required with SMTP_URL' });
  }
}

function readEnvFile(path: string): Record<string, string | undefined> {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return {};
    throw new StartupError(`The settings file ${path} cannot be read.`);
  }
  return parseEnv(content);
}

function unknownInFile(file: Environment, path: string): Fault[] {
  return Object.keys(file)
    .filter((name) => !isKnown(name))
    .map((name) => ({ name, fault: `is not a setting${hint(name)} (in ${path})` }));
}

function unknownInEnvironment(environment: Environment): Fault[] {
  return Object.keys(environment)
    .filter((name) => !isKnown(name))
    .filter((name) => hasOwnPrefix(name) || misspelledSetting(name, SETTING_NAMES) !== undefined)
    .map((name) => ({ name, fault: `is not a setting${hint(name)}` }));
}

function isKnown(name: string): boolean {
  return (SETTING_NAMES as readonly string[]).includes(name);
}

function hint(name: string): string {
  const meant = misspelledSetting(name, SETTING_NAMES);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}
