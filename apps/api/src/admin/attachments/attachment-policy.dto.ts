import { ApiProperty } from '@nestjs/swagger';
import {
  ATTACHMENT_TYPES,
  LIMITS,
  type AttachmentPolicy,
  type AttachmentType,
} from '@support-chat/contracts';
import { AllowedWords, Flag, WholeNumber } from '../../platform/http/validation';

export class AttachmentPolicyDto implements AttachmentPolicy {
  @Flag()
  @ApiProperty()
  is_enabled!: boolean;

  @AllowedWords(ATTACHMENT_TYPES)
  @ApiProperty({ enum: ATTACHMENT_TYPES, isArray: true })
  allowed_types!: AttachmentType[];

  @WholeNumber(1, LIMITS.attachmentBytesMax)
  @ApiProperty({ type: 'integer', minimum: 1, maximum: LIMITS.attachmentBytesMax })
  max_bytes!: number;
}
