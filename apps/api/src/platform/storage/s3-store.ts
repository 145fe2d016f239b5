import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3ServiceException,
  type S3Client,
} from '@aws-sdk/client-s3';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { S3Settings } from '../config/settings';
import { ProblemError } from '../http/problem.error';
import {
  checkKey,
  FileStore,
  MissingFileError,
  NotRemovedError,
  type ByteRange,
} from './file-store';
import { createS3Client } from './s3-client';
import { insufficientStorage } from './storage-problems';

/** Below this prefix, so that a bucket may hold other things too. */
const PREFIX = 'uploads/';
/** One by one: several in one call are a part of the protocol that not every server has. */
const REMOVED_AT_ONCE = 10;

const SILENCE_MAX_MS = 30_000;
/** Of calls that go as fast as the server does. */
const CONNECTIONS_MAX = 50;

/** Files in a bucket of any server that speaks the S3 protocol. */
export class S3Store extends FileStore {
  private readonly writer: S3Client;
  /** Apart: whoever reads slowly holds a connection for long, and must keep nobody else waiting. */
  private readonly reader: S3Client;
  private readonly bucket: string;

  /** @param silenceMaxMs how long the server may take to answer, and pause within its answer */
  constructor(settings: S3Settings, silenceMaxMs = SILENCE_MAX_MS) {
    super();
    this.bucket = settings.bucket;
    this.writer = createS3Client(settings, { max: CONNECTIONS_MAX, silenceMaxMs });
    this.reader = createS3Client(settings, { max: Infinity, silenceMaxMs });
  }

  async put(key: string, path: string): Promise<void> {
    const target = this.at(key);
    const { size } = await stat(path);
    const content = createReadStream(path);
    const command = new PutObjectCommand({ ...target, Body: content, ContentLength: size });
    const refused = new AbortController();
    try {
      await this.send(async () => this.writer.send(command, { abortSignal: refused.signal }));
    } catch (error) {
      // The client lets go of neither: the file would stay open, the connection wait for its rest.
      content.destroy();
      refused.abort();
      throw error;
    }
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    const source = this.at(key);
    const { Body } = await this.send(async () =>
      this.reader.send(
        new GetObjectCommand({
          ...source,
          ...(range && { Range: `bytes=${range.first}-${range.last}` }),
        }),
      ),
    );
    if (!(Body instanceof Readable)) throw ProblemError.unavailable();
    return Body;
  }

  async remove(keys: readonly string[]): Promise<void> {
    const failed = new Set<string>();
    let cause: unknown;
    for (let start = 0; start < keys.length; start += REMOVED_AT_ONCE) {
      const part = keys.slice(start, start + REMOVED_AT_ONCE);
      const refusals = await Promise.all(part.map(async (key) => this.removeOne(key)));
      for (const [n, key] of part.entries()) {
        if (!refusals[n]) continue;
        failed.add(key);
        cause = refusals[n];
      }
    }
    if (failed.size > 0) throw new NotRemovedError(failed, cause);
  }

  /** @returns why the server keeps this file, as one that is locked; fails where it can do nothing. */
  private async removeOne(key: string): Promise<S3ServiceException | null> {
    const target = this.at(key);
    try {
      await this.writer.send(new DeleteObjectCommand(target));
      return null;
    } catch (error) {
      if (isMissing(error)) return null;
      if (error instanceof S3ServiceException && error.name === 'AccessDenied') return error;
      throw toStoreError(error);
    }
  }

  private at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.bucket, Key: PREFIX + checkKey(key) };
  }

  private async send<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw toStoreError(error);
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'NoSuchKey';
}

function toStoreError(error: unknown): Error {
  if (isMissing(error)) {
    return new MissingFileError('This file is not in the bucket.', { cause: error });
  }
  // 507 is what servers of one's own answer when their disks are full.
  if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 507) {
    return insufficientStorage(error);
  }
  return ProblemError.unavailable(error);
}
