import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Settings } from '../platform/config/settings';
import { errorCode } from '../platform/error-code';
import { ProblemError } from '../platform/http/problem.error';
import { openMailTransport } from '../platform/mail/mail-transport';
import { openFileStore, openTemporaryFiles } from '../platform/storage/open-file-store';
import type { Finding } from './findings';

/** What the server works with beside its database: the store of files, and where one is set, mail. */
export async function checkServices(settings: Settings): Promise<Finding[]> {
  const findings = [await checkFileStore(settings)];
  if (settings.mail) findings.push(await checkMailServer(settings.mail.smtpUrl));
  return findings;
}

async function checkFileStore(settings: Settings): Promise<Finding> {
  const place = settings.s3 ? `The bucket "${settings.s3.bucket}"` : 'The folder of uploads';
  try {
    const isKept = await isFileKept(settings);
    const verb = isKept ? 'keeps files.' : 'gives back something else than what was put in.';
    return { isGood: isKept, text: `${place} ${verb}` };
  } catch (error) {
    return { isGood: false, text: `${place} cannot be used (${reasonOf(error)}).` };
  }
}

/** Puts a small file in, reads it and takes it out again, as an upload does. */
async function isFileKept(settings: Settings): Promise<boolean> {
  const store = await openFileStore(settings);
  const key = randomUUID();
  return openTemporaryFiles(settings).use(async (folder) => {
    const path = join(folder, 'doctor');
    await writeFile(path, key);
    await store.put(key, path);
    try {
      return (await text(await store.read(key))) === key;
    } finally {
      await store.remove([key]);
    }
  });
}

async function checkMailServer(url: string): Promise<Finding> {
  const transport = await openMailTransport(url);
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
  const cause = error instanceof ProblemError ? (error.cause ?? error) : error;
  return errorCode(cause) ?? (cause instanceof Error ? cause.name : 'unknown');
}
