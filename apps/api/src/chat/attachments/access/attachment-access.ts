import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../auth';
import { Database } from '../../../platform/database/database';
import { ProblemError } from '../../../platform/http/problem.error';
import { mayAccessConversation } from '../../access/conversation-access.policy';
import type { AttachmentRow } from '../attachment.row';
import { ATTACHMENT } from '../attachment.statements';

/** Lets callers to attachments: to those of messages they may read, and to their own unsent ones. */
@Injectable()
export class AttachmentAccess {
  constructor(private readonly database: Database) {}

  /** `not_found` for absent and foreign alike. */
  async enter(caller: Caller, id: number): Promise<AttachmentRow> {
    const [row] = await this.database.rows<AttachmentRow>(ATTACHMENT, [id]);
    if (!row || !mayAccessConversation(caller, row.owner_id)) throw ProblemError.notFound();
    if (row.message_id === null && row.uploader_id !== caller.id) throw ProblemError.notFound();
    return row;
  }
}
