import { Injectable } from '@nestjs/common';
import type { Caller } from '../../auth';
import { Database } from '../../platform/database/database';
import { attachmentUsed } from './attachment-used';
import { DISCARD_ATTACHMENT } from './attachment.statements';

/** What happens to attachments besides being sent. */
@Injectable()
export class AttachmentsService {
  constructor(private readonly database: Database) {}

  /** Takes an unsent upload back; `attachment_used` once it is part of a message. */
  async discard(uploader: Caller, id: number): Promise<void> {
    const rows = await this.database.write(DISCARD_ATTACHMENT, [id, uploader.id]);
    if (rows.length === 0) throw attachmentUsed();
  }
}
