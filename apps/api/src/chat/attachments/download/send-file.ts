import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { matchesTag } from '../../../platform/http/etag';
import { endUnread } from '../../../platform/http/patience';
import { ProblemError } from '../../../platform/http/problem.error';
import {
  MissingFileError,
  type ByteRange,
  type FileStore,
} from '../../../platform/storage/file-store';
import { wantedRange, type WantedRange } from './byte-range';
import type { OutgoingFile } from './outgoing-file';

/** Whatever a browser makes of a file, it can do nothing with it: no script, no frame, no guess. */
const HEADERS = {
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Accept-Ranges': 'bytes',
  // Kept, but asked for again each time: who may see a file is decided anew.
  'Cache-Control': 'private, no-cache',
};

/**
 * Answers with a file, or with the part of it that the client asked for.
 * @param unreadMs how long the client may read nothing
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  store: FileStore,
  file: OutgoingFile,
  unreadMs?: number,
): Promise<void> {
  const { 'if-none-match': ifNoneMatch, 'if-range': ifRange, range } = request.headers;
  const headers = { ...HEADERS, ETag: file.tag };
  if (matchesTag(ifNoneMatch, file.tag)) {
    void reply.headers(headers).status(304).send();
    return;
  }
  const isStillThis = ifRange === undefined || ifRange === file.tag;
  const part = toPart(wantedRange(isStillThis ? range : undefined, file.size), file.size);
  // An empty stream keeps the length that is told.
  const content = request.method === 'HEAD' ? Readable.from([]) : await open(store, file.key, part);
  endUnread(reply.raw, unreadMs);
  if (part) {
    const { first, last } = part;
    void reply.status(206).header('Content-Range', `bytes ${first}-${last}/${file.size}`);
  }
  void reply
    .headers(headers)
    .type(file.mediaType)
    .header('Content-Disposition', file.disposition)
    .header('Content-Length', part ? part.last - part.first + 1 : file.size)
    .send(content);
}

function toPart(wanted: WantedRange, size: number): ByteRange | undefined {
  if (wanted === 'whole') return undefined;
  if (wanted !== 'unsatisfiable') return wanted;
  throw new ProblemError('range_not_satisfiable', 'The file has no such part.', {
    headers: { 'Content-Range': `bytes */${size}` },
  });
}

/** A row without its file is damage from outside, such as a restored backup of one without the other. */
async function open(store: FileStore, key: string, part: ByteRange | undefined): Promise<Readable> {
  try {
    return await store.read(key, part);
  } catch (error) {
    if (!(error instanceof MissingFileError)) throw error;
    new Logger('Attachments').error(`The file ${key} is missing in the store.`);
    throw ProblemError.notFound();
  }
}
