import { Injectable } from '@nestjs/common';
import { LIMITS } from '@support-chat/contracts';
import { Identities, unauthenticated, type Caller } from '../../../auth';
import { Settings } from '../../../platform/config/settings';
import { Database } from '../../../platform/database/database';
import { ProblemError } from '../../../platform/http/problem.error';
import { ConcurrencyLimit } from '../../../platform/limits/concurrency-limit';
import { Limiters } from '../../../platform/limits/limiters';
import type { PersonLimit } from '../../../platform/limits/person-limit';
import type { AccessedConversation } from '../../access/conversation-access';
import type { AttachmentRow } from '../attachment.row';
import { ANNOUNCE_FILE, QUOTA_WAIT, STAGE_ATTACHMENT } from '../attachment.statements';
import type { PreparedFile } from './file-preparation';
import type { ReceivedFile } from './upload-reader';

interface Upload {
  received: ReceivedFile;
  file: PreparedFile;
  /** Where it is in the store. */
  key: string;
}

/** They fill the disk before they count for anything. A client sends two at a time. */
const UNDER_WAY_MAX = { ofAll: 32, ofOne: 4 };
/** From the first upload; all that succeed within it count together. */
const QUOTA_HOURS = 24;
/** Storing and noting a file takes seconds; a slow store may try again for minutes. */
const STORED_WITHIN_MINUTES = 60;

/**
 * How much one person may upload: a number of files and of bytes in a day, counted in the database
 * with each file, and so many tries in a minute and uploads at once, whatever becomes of them.
 */
@Injectable()
export class UploadLedger {
  private readonly tries: PersonLimit;
  private readonly concurrency: ConcurrencyLimit;

  constructor(
    private readonly database: Database,
    private readonly identities: Identities,
    settings: Settings,
    limiters: Limiters,
  ) {
    this.concurrency = new ConcurrencyLimit('uploads', UNDER_WAY_MAX, settings.rateLimits);
    this.tries = limiters.ofPersons('upload', 30, 'uploading too fast');
  }

  /** Before anything is read. `rate_limited`, or `quota_exceeded` where nothing more fits. */
  async check(uploader: Caller): Promise<void> {
    await this.tries.take(uploader.id);
    const seconds = await this.waitSeconds(uploader, 1);
    if (seconds !== null) throw exceeded(seconds);
  }

  /** Around all that is done with one upload. `rate_limited` where too many are under way. */
  async whileUnderWay<T>(uploader: Caller, work: () => Promise<T>): Promise<T> {
    return this.concurrency.hold(uploader.id, work);
  }

  /** Before a file is put into the store, so that it does not stay there should the rest fail. */
  async announce(key: string): Promise<void> {
    await this.database.write(ANNOUNCE_FILE, [key, STORED_WITHIN_MINUTES]);
  }

  /**
   * Counts and notes a file that is in the store. Fails with `quota_exceeded`, with `unauthenticated`
   * for who may call no more, and with `unavailable` where storing it took so long that it no longer
   * stays.
   */
  async note(
    uploader: Caller,
    conversation: AccessedConversation,
    { received, file, key }: Upload,
  ): Promise<AttachmentRow> {
    await this.checkAgain(uploader);
    const { name, type, size, image } = file;
    const [row] = await this.database.write<AttachmentRow>(STAGE_ATTACHMENT, [
      uploader.id,
      received.size,
      LIMITS.attachmentsPerDay,
      LIMITS.attachmentBytesPerDay,
      QUOTA_HOURS,
      conversation.id,
      name,
      type,
      size,
      image?.width ?? null,
      image?.height ?? null,
      image?.thumbnailSize ?? null,
      received.sha256,
      key,
    ]);
    if (row) return row;
    const seconds = await this.waitSeconds(uploader, received.size);
    throw seconds === null ? ProblemError.unavailable() : exceeded(seconds);
  }

  /** An upload takes up to 40 min, and who may call was asked before. */
  private async checkAgain({ id, role, sessionFamily }: Caller): Promise<void> {
    const today = await this.identities.renew([{ id, sessionFamily }]);
    if (today.get(sessionFamily)?.role !== role) throw unauthenticated();
  }

  /** Null where so many bytes more fit. */
  private async waitSeconds(uploader: Caller, bytes: number): Promise<number | null> {
    const [row] = await this.database.rows<{ seconds: number }>(QUOTA_WAIT, [
      uploader.id,
      LIMITS.attachmentsPerDay,
      LIMITS.attachmentBytesPerDay - bytes,
      QUOTA_HOURS,
    ]);
    return row?.seconds ?? null;
  }
}

function exceeded(retryAfter: number): ProblemError {
  return new ProblemError(
    'quota_exceeded',
    `You have uploaded what one person may in a day: ${LIMITS.attachmentsPerDay} files or ${LIMITS.attachmentBytesPerDay} bytes.`,
    { retryAfter },
  );
}
