import { ApiProperty } from '@nestjs/swagger';
import {
  ATTACHMENT_TYPES,
  LIMITS,
  type Attachment,
  type AttachmentLink,
  type AttachmentPolicy,
  type AttachmentType,
  type StagedAttachment,
} from '@support-chat/contracts';

export class AttachmentModel implements Attachment {
  @ApiProperty({ type: 'integer' }) id!: number;
  @ApiProperty({ minLength: 1, maxLength: LIMITS.attachmentNameMaxLength }) name!: string;
  @ApiProperty({ enum: ATTACHMENT_TYPES, description: 'Decided by the content' })
  media_type!: AttachmentType;
  @ApiProperty({ type: 'integer', description: 'Bytes, as stored' }) size!: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Pixels, of images' })
  width!: number | null;
  @ApiProperty({ type: 'integer', nullable: true }) height!: number | null;
  @ApiProperty() has_thumbnail!: boolean;
}

export class StagedAttachmentModel extends AttachmentModel implements StagedAttachment {
  @ApiProperty({ type: 'integer' }) conversation_id!: number;
  @ApiProperty({ pattern: '^[0-9a-f]{64}$', description: 'Of the bytes as they arrived' })
  sha256!: string;
  @ApiProperty({ format: 'date-time' }) expires_at!: string;
}

export class AttachmentLinkModel implements AttachmentLink {
  @ApiProperty({ description: 'Path on the same origin, with its signature' }) url!: string;
  @ApiProperty({ type: 'integer', description: 'Seconds' }) expires_in!: number;
}

export class AttachmentPolicyModel implements AttachmentPolicy {
  @ApiProperty() is_enabled!: boolean;
  @ApiProperty({ enum: ATTACHMENT_TYPES, isArray: true }) allowed_types!: AttachmentType[];
  @ApiProperty({ type: 'integer', minimum: 1, maximum: LIMITS.attachmentBytesMax })
  max_bytes!: number;
}
