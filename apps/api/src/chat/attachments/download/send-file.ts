import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { isNotModified } from '../../../platform/http/etag';
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

/** Answers with a file, or with the part of it that the client asked for. */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  store: FileStore,
  file: OutgoingFile,
): Promise<void> {
  void reply.headers(HEADERS);
  const { 'if-none-match': ifNoneMatch, 'if-range': ifRange, range } = request.headers;
  if (isNotModified(reply, ifNoneMatch, file.tag)) return;
  const isStillThis = ifRange === undefined || ifRange === file.tag;
  const wanted = wantedRange(isStillThis ? range : undefined, file.size);
  const part = toPart(wanted, file.size);
  const content = await open(store, file.key, part);
  if (part) {
    const { first, last } = part;
    void reply.status(206).header('Content-Range', `bytes ${first}-${last}/${file.size}`);
  }
  void reply
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
