import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  LIMITS,
  SENDABLE_MESSAGE_TYPES,
  type MessageType,
  type SendMessageBody,
} from '@support-chat/contracts';
import { IsOptional } from 'class-validator';
import {
  AllowedWord,
  HasVisibleText,
  TextLength,
  Trimmed,
  UuidText,
} from '../../platform/http/validation';

export class SendMessageDto implements SendMessageBody {
  @Trimmed()
  @TextLength(LIMITS.messageMinLength, LIMITS.messageMaxLength)
  @HasVisibleText()
  @ApiProperty({ minLength: LIMITS.messageMinLength, maxLength: LIMITS.messageMaxLength })
  content!: string;

  @IsOptional()
  @AllowedWord(SENDABLE_MESSAGE_TYPES)
  @ApiPropertyOptional({ enum: SENDABLE_MESSAGE_TYPES, default: 'text' })
  message_type?: MessageType;

  @IsOptional()
  @UuidText()
  @ApiPropertyOptional({ format: 'uuid', description: 'Makes a retry harmless for ever' })
  client_message_id?: string;
}
