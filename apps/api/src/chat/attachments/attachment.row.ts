import {
  LIMITS,
  type Attachment,
  type AttachmentType,
  type StagedAttachment,
} from '@support-chat/contracts';

/** Columns of an attachment and its conversation's owner, as `ATTACHMENT` selects them. */
export interface AttachmentRow {
  id: number;
  conversation_id: number;
  uploader_id: number;
  /** Null until it is sent. */
  message_id: number | null;
  created_at: Date;
  name: string;
  media_type: AttachmentType;
  size: number;
  width: number | null;
  height: number | null;
  thumbnail_size: number | null;
  /** Of the bytes as they arrived. */
  sha256: Buffer;
  storage_key: string;
  /** Whose conversation it is in. */
  owner_id: number;
}

type StagedRow = Omit<AttachmentRow, 'owner_id' | 'message_id' | 'uploader_id'>;

const LIFETIME_MS = LIMITS.stagedAttachmentHours * 3_600_000;

/** An attachment that is not sent yet, as its uploader gets it. */
export function toStagedAttachment(row: StagedRow): StagedAttachment {
  return {
    ...toAttachment(row),
    conversation_id: row.conversation_id,
    sha256: row.sha256.toString('hex'),
    expires_at: new Date(row.created_at.getTime() + LIFETIME_MS).toISOString(),
  };
}

function toAttachment(row: StagedRow): Attachment {
  const { id, name, media_type, size, width, height, thumbnail_size } = row;
  return { id, name, media_type, size, width, height, has_thumbnail: thumbnail_size !== null };
}

/** Where the small image of an attachment is kept. */
export function thumbnailKey(storageKey: string): string {
  return `${storageKey}-thumbnail`;
}
