import { randomUUID } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Settings } from '../platform/config/settings';
import { errorCode, ignoreCode } from '../platform/error-code';
import { ProblemError } from '../platform/http/problem.error';
import { openMailTransport } from '../platform/mail/mail-transport';
import { NotRemovedError } from '../platform/storage/file-store';
import { openFileStore, openTemporaryFiles } from '../platform/storage/open-file-store';
import { TemporaryFiles } from '../platform/storage/temporary-files';
import type { Finding } from './findings';

/** Somebody waits for the findings, and no mail is at stake. */
const SILENCE_MAX_MS = 15_000;

/** What the server works with beside its database: the store of files, and where one is set, mail. */
export async function checkServices(settings: Settings): Promise<Finding[]> {
  const findings = [await checkFileStore(settings)];
  if (settings.mail) findings.push(await checkMailServer(settings.mail.smtpUrl));
  return findings;
}

async function checkFileStore(settings: Settings): Promise<Finding> {
  const place = settings.s3 ? `The bucket "${settings.s3.bucket}"` : 'The folder of uploads';
  try {
    const notTried = settings.s3 ? null : await whyNotTried(settings.dataDir);
    if (notTried) return notTried;
    const isKept = await isFileKept(settings);
    const verb = isKept ? 'keeps files.' : 'gives back something else than what was put in.';
    return { isGood: isKept, text: `${place} ${verb}` };
  } catch (error) {
    return { isGood: false, text: `${place} cannot be used (${reasonOf(error)}).` };
  }
}

/** Folders that root makes here would be closed to the server, where that has its own account. */
async function whyNotTried(dataDir: string): Promise<Finding | null> {
  const found = await stat(dataDir).catch(ignoreCode('ENOENT'));
  if (!found) return { isGood: true, text: 'The folder of uploads is made at the first start.' };
  if (process.getuid?.() !== 0 || found.uid === 0) return null;
  const text =
    'The folder of uploads was not tried: DATA_DIR belongs to another account. Run this as that one.';
  return { isGood: false, text };
}

/** Puts a small file in, reads it and takes it out again, as an upload does. */
async function isFileKept(settings: Settings): Promise<boolean> {
  const store = await openFileStore(settings);
  const key = randomUUID();
  const temporary = settings.s3 ? new TemporaryFiles(tmpdir()) : openTemporaryFiles(settings);
  return temporary.use(async (folder) => {
    const path = join(folder, 'doctor');
    await writeFile(path, key);
    try {
      await store.put(key, path);
      return (await text(await store.read(key))) === key;
    } finally {
      await store.remove([key]);
    }
  });
}

async function checkMailServer(url: string): Promise<Finding> {
  const transport = await openMailTransport(url, SILENCE_MAX_MS);
  try {
    await transport.verify();
    return { isGood: true, text: 'The mail server of SMTP_URL answers, and lets us in.' };
  } catch (error) {
    const reason = reasonOf(error);
    return { isGood: false, text: `The mail server of SMTP_URL cannot be used (${reason}).` };
  } finally {
    transport.close();
  }
}

/** A word that says what is wrong, never an address or a password. */
function reasonOf(error: unknown): string {
  const isWrapped = error instanceof ProblemError || error instanceof NotRemovedError;
  const cause = isWrapped ? (error.cause ?? error) : error;
  return errorCode(cause) ?? (cause instanceof Error ? cause.name : 'unknown');
}
