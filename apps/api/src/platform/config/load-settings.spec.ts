import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartupError } from '../startup-error';
import { loadSettings } from './load-settings';

const NO_FILE = join(tmpdir(), 'no-such-folder', '.env');
const SECRET = 'Zx8-0123456789-abcdefghijklmnopqr';

function faultsOf(environment: Record<string, string>, file = NO_FILE): string {
  try {
    loadSettings(environment, file);
  } catch (error) {
    if (error instanceof StartupError) return error.message;
    throw error;
  }
  return '';
}

describe('loadSettings', () => {
  it('has a sensible default for everything', () => {
    expect(loadSettings({ PATH: '/bin', HOSTNAME: 'x' }, NO_FILE)).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      databaseUrl: null,
      jwtSecret: null,
      demoData: true,
      rateLimits: true,
      registration: true,
      publicMetrics: false,
      logLevel: 'info',
    });
  });

  it('has no demo data with a database of ones own, unless asked for', () => {
    const own = { DATABASE_URL: 'postgres://u:p@db/chat', JWT_SECRET: SECRET };
    expect(loadSettings(own, NO_FILE).demoData).toBe(false);
    expect(loadSettings({ ...own, DEMO_DATA: 'on' }, NO_FILE).demoData).toBe(true);
  });

  it('names every wrong setting at once, never with its value', () => {
    const faults = faultsOf({
      PORT: '70000',
      DATABASE_URL: 'mysql://u:hunter2@db/chat',
      JWT_SECRET: 'too-short-secret',
      ADMIN_EMAIL: 'nobody',
      DEMO_DATA: 'perhaps',
      ALLOWED_ORIGINS: 'https://a.example/path',
      LOG_LEVEL: 'loud',
      WEB_CONCURRENCY: '65',
      REDIS_URL: 'http://x',
    });
    for (const name of [
      'PORT',
      'DATABASE_URL',
      'JWT_SECRET',
      'ADMIN_EMAIL',
      'ADMIN_PASSWORD',
      'DEMO_DATA',
      'ALLOWED_ORIGINS',
      'LOG_LEVEL',
      'WEB_CONCURRENCY',
      'REDIS_URL',
    ]) {
      expect(faults).toMatch(new RegExp(`^  ${name} `, 'm'));
    }
    expect(faults).not.toMatch(/hunter2|too-short-secret/);
  });

  it('takes the address people use without anything behind it', () => {
    for (const [given, read] of [
      ['https://chat.school.test', 'https://chat.school.test'],
      ['HTTPS://Chat.School.test:8443/', 'https://chat.school.test:8443'],
      ['http://[::1]:3000', 'http://[::1]:3000'],
    ] as const) {
      expect(loadSettings({ PUBLIC_URL: given }, NO_FILE).publicUrl).toBe(read);
    }
    for (const wrong of ['/chat', '?x=1', '#x', '//'].map((end) => `https://school.test${end}`)) {
      expect([wrong, faultsOf({ PUBLIC_URL: wrong })]).toEqual([
        wrong,
        expect.stringContaining('PUBLIC_URL'),
      ]);
    }
    const faults = faultsOf({ PUBLIC_URL: 'https://u:hunter2@school.test' });
    expect(faults).toContain('PUBLIC_URL');
    expect(faults).not.toContain('hunter2');
    expect(faultsOf({ PUBLIC_URL: 'ftp://school.test' })).toContain('PUBLIC_URL');
  });

  it('has all settings of S3 or none', () => {
    const s3 = {
      S3_ENDPOINT: 'https://s3.school.example/',
      S3_BUCKET: 'chat',
      S3_REGION: 'eu-central-1',
      S3_ACCESS_KEY_ID: 'id',
      S3_SECRET_ACCESS_KEY: 'hunter2',
    };
    expect(loadSettings(s3, NO_FILE).s3).toEqual({
      endpoint: 'https://s3.school.example',
      bucket: 'chat',
      region: 'eu-central-1',
      accessKeyId: 'id',
      secretAccessKey: 'hunter2',
    });
    expect(loadSettings({}, NO_FILE).s3).toBeNull();
    expect(faultsOf({ ...s3, S3_BUCKET: '', S3_REGION: '' })).toMatch(/S3_BUCKET[^]*S3_REGION/);
    expect(faultsOf({ ...s3, S3_BUCKET: '../x', S3_ENDPOINT: 'ftp://x' })).toMatch(
      /S3_ENDPOINT[^]*S3_BUCKET/,
    );
  });

  it('A119 refuses production, or a foreign database, without a secret', () => {
    expect(faultsOf({ NODE_ENV: 'production' })).toContain('JWT_SECRET');
    expect(faultsOf({ DATABASE_URL: 'postgres://db/chat' })).toContain('JWT_SECRET');
    expect(faultsOf({ NODE_ENV: 'production', JWT_SECRET: 'a'.repeat(40) })).toContain(
      'JWT_SECRET',
    );
    expect(faultsOf({ NODE_ENV: 'production', JWT_SECRET: SECRET })).toBe('');
  });

  it('needs a sender and an address to link to for mails', () => {
    const server = { SMTP_URL: 'smtps://u:hunter2@mail.school.test' };
    expect(faultsOf(server)).toMatch(/MAIL_FROM .*SMTP_URL[^]*PUBLIC_URL .*SMTP_URL/);
    const mail = { ...server, MAIL_FROM: 'Support <s@school.test>', PUBLIC_URL: 'https://c.test' };
    expect(loadSettings(mail, NO_FILE).mail).toEqual({
      smtpUrl: server.SMTP_URL,
      from: mail.MAIL_FROM,
      delayMinutes: 10,
      withText: false,
    });
    const faults = faultsOf({ ...mail, MAIL_FROM: 'a\n<b@c>', SMTP_URL: 'http://u:hunter2@m' });
    expect(faults).toMatch(/SMTP_URL[^]*MAIL_FROM/);
    expect(faults).not.toContain('hunter2');
    expect(loadSettings({}, NO_FILE).mail).toBeNull();
  });

  it('knows push services by host, with port and without TLS where it is said so', () => {
    const hosts = 'push.school.test,*.push.test:8443,http://127.0.0.1:9000,[::1]:1';
    expect(loadSettings({ PUSH_HOSTS: hosts }, NO_FILE).pushHosts).toEqual(hosts.split(','));
    const usual = 'push.school.test:443,http://127.0.0.1:80,a.test:80,http://a.test:443,[::1]:443';
    const short = 'push.school.test,http://127.0.0.1,a.test:80,http://a.test:443,[::1]';
    expect(loadSettings({ PUSH_HOSTS: usual }, NO_FILE).pushHosts).toEqual(short.split(','));
    for (const wrong of ['https://push.test', 'push.test/x', 'a b', '*', 'http://u@h']) {
      expect([wrong, faultsOf({ PUSH_HOSTS: wrong })]).toEqual([
        wrong,
        expect.stringContaining('PUSH_HOSTS'),
      ]);
    }
  });

  it('refuses unknown names in the file, and slips of the pen in the environment', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'settings-')), '.env');
    writeFileSync(file, 'PORT=4000\nCOLOUR=red\n');
    expect(faultsOf({}, file)).toContain('COLOUR');
    expect(
      faultsOf({ DATABSE_URL: 'x', PROT: '1', JWT_SECRETS: 'x', POST: '1', HOSTNAME: 'h' }),
    ).toMatch(/DATABSE_URL .*DATABASE_URL[^]*PROT .*PORT[^]*JWT_SECRETS .*JWT_SECRET/);
    expect(faultsOf({ POST: '1', HOSTNAME: 'h', TERM: 'x', NODE_OPTIONS: '' })).toBe('');
  });

  it('lets the environment win over the file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'settings-')), '.env');
    writeFileSync(file, 'PORT=4000\nHOST=0.0.0.0\n');
    expect(loadSettings({ PORT: '5000' }, file)).toMatchObject({ port: 5000, host: '0.0.0.0' });
  });
});
