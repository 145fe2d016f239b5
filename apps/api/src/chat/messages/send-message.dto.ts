import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  LIMITS,
  SENDABLE_MESSAGE_TYPES,
  type MessageType,
  type SendMessageBody,
} from '@support-chat/contracts';
import { IsOptional, ValidateIf } from 'class-validator';
import {
  AllowedWord,
  HasVisibleText,
  TextLength,
  Trimmed,
  UuidText,
  WholeNumber,
} from '../../platform/http/validation';

export class SendMessageDto implements SendMessageBody {
  @Trimmed()
  @ValidateIf(isContentNeeded)
  @TextLength(LIMITS.messageMinLength, LIMITS.messageMaxLength)
  @HasVisibleText()
  @ApiPropertyOptional({
    maxLength: LIMITS.messageMaxLength,
    description: 'May be missing or empty only with an attachment',
  })
  content?: string;

  @IsOptional()
  @WholeNumber(1)
  @ApiPropertyOptional({
    type: 'integer',
    description: "One of the caller's uploads to this conversation, not sent yet",
  })
  attachment_id?: number;

  @IsOptional()
  @AllowedWord(SENDABLE_MESSAGE_TYPES)
  @ApiPropertyOptional({ enum: SENDABLE_MESSAGE_TYPES, default: 'text' })
  message_type?: MessageType;

  @IsOptional()
  @UuidText()
  @ApiPropertyOptional({ format: 'uuid', description: 'Makes a retry harmless for ever' })
  client_message_id?: string;
}

/** A file may go without words; null counts as missing. */
function isContentNeeded({ content, attachment_id: attachmentId }: SendMessageDto): boolean {
  return (attachmentId ?? null) === null || (content ?? '') !== '';
}
