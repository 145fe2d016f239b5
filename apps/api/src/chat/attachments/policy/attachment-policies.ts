import { Injectable } from '@nestjs/common';
import { ATTACHMENT_TYPES, LIMITS, type AttachmentPolicy } from '@support-chat/contracts';
import { Database, type Statement } from '../../../platform/database/database';

const POLICY: Statement = {
  name: 'attachment-policy',
  text: 'SELECT is_enabled, allowed_types, max_bytes FROM chat_attachment_policy',
};

/** $1 whether files are taken, $2 types, $3 bytes */
const CHANGE_POLICY: Statement = {
  name: 'attachment-policy-change',
  text: `INSERT INTO chat_attachment_policy (is_enabled, allowed_types, max_bytes)
    VALUES ($1, $2, $3)
    ON CONFLICT (id) DO UPDATE SET is_enabled = excluded.is_enabled,
      allowed_types = excluded.allowed_types, max_bytes = excluded.max_bytes`,
};

/** Until an administrator decides otherwise. */
const DEFAULT_POLICY: AttachmentPolicy = {
  is_enabled: true,
  allowed_types: [...ATTACHMENT_TYPES],
  max_bytes: LIMITS.attachmentBytesMax,
};

/** Which files are taken; the administrators' choice, for everybody. */
@Injectable()
export class AttachmentPolicies {
  constructor(private readonly database: Database) {}

  async get(): Promise<AttachmentPolicy> {
    const [stored] = await this.database.rows<AttachmentPolicy & object>(POLICY, []);
    return stored ?? DEFAULT_POLICY;
  }

  /** Holds for the uploads that begin from now on. */
  async change(policy: AttachmentPolicy): Promise<void> {
    await this.database.write(CHANGE_POLICY, [
      policy.is_enabled,
      ATTACHMENT_TYPES.filter((type) => policy.allowed_types.includes(type)),
      policy.max_bytes,
    ]);
  }
}
