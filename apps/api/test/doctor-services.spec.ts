import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MailServer } from '@support-chat/test-servers';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import type { Finding } from '../src/cli/findings';
import { checkServices } from '../src/cli/service-findings';
import { loadSettings } from '../src/platform/config/load-settings';
import type { S3Settings } from '../src/platform/config/settings';
import { startS3Server, type S3Server } from './support/s3-server';

const PASSWORD = 'a-word-that-nobody-may-read';

describe('the doctor', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'support-chat-doctor-'));
  });
  afterAll(async () => rm(folder, { recursive: true }));

  async function check(environment: Record<string, string> = {}): Promise<Finding[]> {
    return checkServices(loadSettings({ DATA_DIR: folder, ...environment }, '/nonexistent/.env'));
  }

  it('finds the folder of uploads in order, and leaves nothing in it', async () => {
    expect(await check()).toEqual([{ isGood: true, text: 'The folder of uploads keeps files.' }]);
    const entries = await readdir(join(folder, 'uploads'), {
      recursive: true,
      withFileTypes: true,
    });
    expect(entries.filter((entry) => entry.isFile())).toEqual([]);
  });

  it('makes no folder before the server does', async () => {
    const missing = join(folder, 'later');
    expect(await check({ DATA_DIR: missing })).toEqual([
      { isGood: true, text: 'The folder of uploads is made at the first start.' },
    ]);
    await expect(stat(missing)).rejects.toThrow('ENOENT');
  });

  const asRoot = process.getuid?.() === 0 ? it : it.skip;

  asRoot("does not try the folder of another account, whose server couldn't use it", async () => {
    const foreign = join(folder, 'foreign');
    await mkdir(foreign);
    await chown(foreign, 65_534, 65_534);
    const [finding] = await check({ DATA_DIR: foreign });
    expect(finding?.isGood).toBe(false);
    expect(finding?.text).toContain('belongs to another account');
    expect(await readdir(foreign)).toEqual([]);
  });

  describe('of files on S3', () => {
    let server: S3Server;

    beforeAll(async () => {
      server = await startS3Server();
    });
    afterAll(async () => server.close());

    const settingsOf = (s3: S3Settings): Record<string, string> => ({
      S3_ENDPOINT: s3.endpoint,
      S3_BUCKET: s3.bucket,
      S3_REGION: s3.region,
      S3_ACCESS_KEY_ID: s3.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    });

    it('finds a bucket in order', async () => {
      expect(await check(settingsOf(server.settings))).toEqual([
        { isGood: true, text: 'The bucket "files" keeps files.' },
      ]);
    });

    it('says why a bucket cannot be used', async () => {
      expect(await check(settingsOf({ ...server.settings, bucket: 'none' }))).toEqual([
        { isGood: false, text: 'The bucket "none" cannot be used (NoSuchBucket).' },
      ]);
    });
  });

  describe('of mail', () => {
    const checkMail = async (url: string): Promise<Finding | undefined> =>
      (
        await check({
          SMTP_URL: url,
          MAIL_FROM: 'School <support@school.test>',
          PUBLIC_URL: 'https://chat.school.test',
        })
      ).at(1);

    it('finds a mail server in order, without a mail', async () => {
      const mail = await MailServer.start();
      expect(await checkMail(mail.url)).toEqual({
        isGood: true,
        text: 'The mail server of SMTP_URL answers, and lets us in.',
      });
      expect(mail.calls).toBe(0);
      await mail.close();
    });

    it('finds that nothing listens there', async () => {
      const mail = await MailServer.start();
      const { url } = mail;
      await mail.close();
      const finding = await checkMail(url);
      expect(finding?.isGood).toBe(false);
      expect(finding?.text).toMatch(/cannot be used \((ECONNECTION|ECONNREFUSED|ESOCKET)\)\.$/);
    });

    it('finds that the password is wrong, and does not show it', async () => {
      const server = new SMTPServer({
        disabledCommands: ['STARTTLS'],
        allowInsecureAuth: true,
        onAuth: (_auth, _session, done) => {
          done(new Error('No.'));
        },
      });
      const listener = server.listen(0, '127.0.0.1');
      await once(listener, 'listening');
      const { port } = listener.address() as AddressInfo;
      expect(await checkMail(`smtp://school:${PASSWORD}@127.0.0.1:${port}`)).toEqual({
        isGood: false,
        text: 'The mail server of SMTP_URL cannot be used (EAUTH).',
      });
      await new Promise<void>((resolve) => {
        server.close(resolve);
      });
    });
  });
});
