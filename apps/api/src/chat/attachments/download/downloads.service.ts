import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { finished } from 'node:stream';
import type { Caller } from '../../../auth';
import { Settings } from '../../../platform/config/settings';
import { ProblemError } from '../../../platform/http/problem.error';
import { ConcurrencyLimit } from '../../../platform/limits/concurrency-limit';
import { FileStore } from '../../../platform/storage/file-store';
import type { AttachmentRow } from '../attachment.row';
import { contentOf, thumbnailOf } from './outgoing-file';
import { sendFile } from './send-file';

/** Each holds an open file, or a connection to S3. More than a page has, with several tabs of it. */
const OPEN_MAX = { ofAll: Infinity, ofOne: 20 };

interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Sends files of attachments, and only so many at once to one person. */
@Injectable()
export class DownloadsService {
  private readonly concurrency: ConcurrencyLimit;

  constructor(
    private readonly store: FileStore,
    { rateLimits }: Settings,
  ) {
    this.concurrency = new ConcurrencyLimit('downloads', OPEN_MAX, rateLimits);
  }

  /** Lasts until the answer has gone out. Fails with `rate_limited` where too many are open. */
  async content(
    reader: Caller,
    attachment: AttachmentRow,
    { request, reply }: Exchange,
  ): Promise<void> {
    await this.concurrency.hold(reader.id, async () => {
      await sendFile(request, reply, this.store, contentOf(attachment));
      // Whether it arrived is the reader's affair.
      await new Promise<void>((resolve) => {
        finished(reply.raw, () => {
          resolve();
        });
      });
    });
  }

  /** Not counted: it is small, and a page shows many at once. Fails with `not_found` without one. */
  async thumbnail(attachment: AttachmentRow, { request, reply }: Exchange): Promise<void> {
    const thumbnail = thumbnailOf(attachment);
    if (thumbnail === null) throw ProblemError.notFound();
    await sendFile(request, reply, this.store, thumbnail);
  }
}
