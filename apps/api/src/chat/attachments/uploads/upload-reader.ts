import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { FieldCode } from '@support-chat/contracts';
import { bePatientWith } from '../../../platform/http/patience';
import { ProblemError } from '../../../platform/http/problem.error';

/** A file as it arrived. */
export interface ReceivedFile {
  path: string;
  /** What its sender calls it; anything may be in there. */
  claimedName: string;
  size: number;
  sha256: Buffer;
}

/** What a form has around its file. */
export const FORM_BYTES = 16 * 1024;

const FIELD = 'file';
const FORM = /^multipart\/form-data\s*(;|$)/i;
/** More than browsers send; the name of the file is in there. */
const HEADER_BYTES_MAX = 8 * 1024;
const HEADERS_MAX = 10;
const DISCARD_MS = 15_000;

/**
 * Writes the one file of a form to `path` as it comes in, never more than `maxBytes`. Fails with
 * `unsupported_media_type` for what is no form, `validation_failed` for any other form,
 * `payload_too_large` as soon as it is beyond the limit and `unavailable` for what comes too slowly;
 * what was written until then is for the caller to take away.
 */
export async function receiveFile(
  request: IncomingMessage,
  maxBytes: number,
  path: string,
): Promise<ReceivedFile> {
  const parser = createParser(request);
  const files: Promise<ReceivedFile>[] = [];
  const breakOff = new AbortController();
  try {
    parser.on('file', (field, stream, name) => {
      const part = { field, stream, name, signal: breakOff.signal };
      files.push(writeFile(part, maxBytes, path));
    });
    await readForm(request, parser, files, maxBytes);
    const [file] = files;
    if (file === undefined) throw refuse('required', 'is required');
    return await file;
  } finally {
    request.unpipe(parser);
    breakOff.abort();
    discardRest(request);
    await Promise.allSettled(files);
  }
}

/** Done at the end of the form; fails at the first thing that is wrong with it, or with its file. */
async function readForm(
  request: IncomingMessage,
  parser: BusboyInstance,
  files: readonly Promise<ReceivedFile>[],
  maxBytes: number,
): Promise<void> {
  let endPatience = (): void => undefined;
  const read = new Promise<void>((resolve, reject) => {
    endPatience = bePatientWith(request, maxBytes + FORM_BYTES, () => {
      reject(tooSlow());
    });
    refuseLongForms(request, maxBytes, reject);
    parser.on('file', () => {
      for (const file of files) file.catch(reject);
    });
    refuseOtherForms(parser, reject);
    parser.on('finish', resolve);
    endWithRequest(request, reject);
    request.pipe(parser);
  });
  await read.finally(endPatience);
}

/** Also one that never comes to its file, or to an end behind it: the length may not be known before. */
function refuseLongForms(
  request: IncomingMessage,
  maxBytes: number,
  reject: (error: Error) => void,
): void {
  let length = 0;
  request.on('data', ({ byteLength }: Buffer) => {
    length += byteLength;
    if (length > maxBytes + FORM_BYTES) reject(tooLarge(maxBytes));
  });
}

/** Reads on for a while: most senders hear the answer only when they are done. */
function discardRest(request: IncomingMessage): void {
  if (request.readableEnded) return;
  request.resume();
  const cut = setTimeout(() => request.destroy(), DISCARD_MS).unref();
  request.once('close', () => {
    clearTimeout(cut);
  });
}

function createParser({ headers }: IncomingMessage): BusboyInstance {
  const { 'content-type': type = '' } = headers;
  if (!FORM.test(type)) {
    throw new ProblemError('unsupported_media_type', 'Send the file as multipart/form-data.');
  }
  try {
    return new Busboy({
      headers: { ...headers, 'content-type': type },
      limits: {
        fields: 0,
        files: 1,
        parts: 1,
        headerPairs: HEADERS_MAX,
        headerSize: HEADER_BYTES_MAX,
      },
    });
  } catch (error) {
    throw unreadable(error);
  }
}

function refuseOtherForms(parser: BusboyInstance, reject: (error: Error) => void): void {
  for (const limit of ['fieldsLimit', 'filesLimit', 'partsLimit'] as const) {
    parser.on(limit, () => {
      reject(refuse('not_allowed', 'must be the only part'));
    });
  }
  parser.on('error', (error) => {
    reject(unreadable(error));
  });
}

function endWithRequest(request: IncomingMessage, reject: (error: Error) => void): void {
  request.once('error', (error) => {
    reject(unreadable(error));
  });
  request.once('close', () => {
    if (!request.readableEnded) reject(unreadable());
  });
}

/** One part of a form with a file in it. */
interface FilePart {
  field: string;
  stream: BusboyFileStream;
  name: string | undefined;
  /** Ends the writing. */
  signal: AbortSignal;
}

async function writeFile(
  { field, stream, name, signal }: FilePart,
  maxBytes: number,
  path: string,
): Promise<ReceivedFile> {
  const hash = createHash('sha256');
  let size = 0;
  const measure = async function* (chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      hash.update(chunk);
      yield chunk;
    }
    if (size === 0) throw refuse('too_short', 'must not be empty');
  };
  if (field !== FIELD) {
    stream.destroy();
    throw refuse('required', 'is required');
  }
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  await pipeline(stream, measure, file, { signal });
  return { path, claimedName: name ?? '', size, sha256: hash.digest() };
}

export function tooLarge(maxBytes: number): ProblemError {
  return new ProblemError('payload_too_large', `A file may have ${maxBytes} bytes.`);
}

function tooSlow(): ProblemError {
  const detail = 'The file arrives too slowly. Try again on a better network.';
  return new ProblemError('unavailable', detail, { retryAfter: 5 });
}

function refuse(code: FieldCode, detail: string): ProblemError {
  return ProblemError.invalid({ field: FIELD, code, detail });
}

/** Also for a sender who hangs up: then nobody hears it. */
function unreadable(cause?: unknown): ProblemError {
  return new ProblemError('validation_failed', 'The form cannot be read to its end.', { cause });
}
