import { Injectable, Logger } from '@nestjs/common';
import type { StagedAttachment } from '@support-chat/contracts';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Caller } from '../../../auth';
import { ProblemError } from '../../../platform/http/problem.error';
import { FileStore } from '../../../platform/storage/file-store';
import { TemporaryFiles } from '../../../platform/storage/temporary-files';
import type { AccessedConversation } from '../../access/conversation-access';
import { thumbnailKey, toStagedAttachment } from '../attachment.row';
import { AttachmentPolicies } from '../policy/attachment-policies';
import { FilePreparation, type PreparedFile } from './file-preparation';
import { UploadLedger } from './upload-ledger';
import { FORM_BYTES, receiveFile, tooLarge, type ReceivedFile } from './upload-reader';

/**
 * Takes files in: received, looked at, announced, put into the store, and only then noted. A crash in
 * between leaves a file that was announced, which `AttachmentCleaning` removes; never a row without
 * a file.
 */
@Injectable()
export class UploadsService {
  private readonly logger = new Logger(UploadsService.name);

  constructor(
    private readonly policies: AttachmentPolicies,
    private readonly ledger: UploadLedger,
    private readonly temporary: TemporaryFiles,
    private readonly preparation: FilePreparation,
    private readonly store: FileStore,
  ) {}

  /**
   * Keeps the file of a request until it is sent. Fails with `forbidden` where files are switched
   * off, `rate_limited`, `quota_exceeded`, `payload_too_large`, `unsupported_media_type`,
   * `validation_failed` or `insufficient_storage`.
   */
  async stage(
    uploader: Caller,
    conversation: AccessedConversation,
    request: IncomingMessage,
  ): Promise<StagedAttachment> {
    const policy = await this.policies.get();
    if (!policy.is_enabled) throw new ProblemError('forbidden', 'Files are switched off here.');
    if (Number(request.headers['content-length'] ?? 0) > policy.max_bytes + FORM_BYTES) {
      throw tooLarge(policy.max_bytes);
    }
    await this.ledger.check(uploader);
    return this.ledger.whileUnderWay(uploader, async () =>
      this.temporary.use(async (folder) => {
        const received = await receiveFile(request, policy.max_bytes, join(folder, 'original'));
        const file = await this.preparation.prepare(received, policy.allowed_types, folder);
        return this.keep(uploader, conversation, received, file);
      }),
    );
  }

  private async keep(
    uploader: Caller,
    conversation: AccessedConversation,
    received: ReceivedFile,
    file: PreparedFile,
  ): Promise<StagedAttachment> {
    const key = randomUUID();
    await this.ledger.announce(key);
    try {
      await this.put(key, file);
      const upload = { received, file, key };
      return toStagedAttachment(await this.ledger.note(uploader, conversation, upload));
    } catch (error) {
      // The row may be there after all; if not, the cleaning takes the file away.
      if (error instanceof ProblemError && error.code === 'outcome_unknown') throw error;
      await this.remove(key);
      throw error;
    }
  }

  /** Where this fails, the cleaning does it: the file is announced. */
  private async remove(key: string): Promise<void> {
    try {
      await this.store.remove([key, thumbnailKey(key)]);
    } catch (error) {
      this.logger.warn(`An upload without a row is left to the cleaning: ${String(error)}`);
    }
  }

  private async put(key: string, { path, image }: PreparedFile): Promise<void> {
    if (image) await this.store.put(thumbnailKey(key), image.thumbnailPath);
    await this.store.put(key, path);
  }
}
