import type { AttachmentPolicy, StagedAttachment } from '@support-chat/contracts';
import { ATTACHMENT_TYPES } from '@support-chat/contracts';

export const POLICY: AttachmentPolicy = {
  is_enabled: true,
  allowed_types: [...ATTACHMENT_TYPES],
  max_bytes: 1000,
};

export function fileOf(name: string, type: string, size = 10): File {
  return new File(['x'.repeat(size)], name, { type });
}

export function stagedAttachment(
  id: number,
  more: Partial<StagedAttachment> = {},
): StagedAttachment {
  return {
    id,
    conversation_id: 7,
    name: `file-${id}.pdf`,
    media_type: 'application/pdf',
    size: 10,
    width: null,
    height: null,
    has_thumbnail: false,
    sha256: '0'.repeat(64),
    expires_at: '2026-11-23T07:03:00.000Z',
    ...more,
  };
}
