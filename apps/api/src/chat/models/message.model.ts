import { ApiProperty } from '@nestjs/swagger';
import {
  MESSAGE_STATUSES,
  MESSAGE_TYPES,
  USER_ROLES,
  type Message,
  type MessageSender,
  type MessageStatus,
  type MessageType,
  type UserRole,
} from '@support-chat/contracts';
import { AttachmentModel } from './attachment.model';

export class MessageSenderModel implements MessageSender {
  @ApiProperty({ type: 'integer' }) id!: number;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: Object.values(USER_ROLES) }) role!: UserRole;
}

export class MessageModel implements Message {
  @ApiProperty({ type: 'integer' }) id!: number;
  @ApiProperty({ type: 'integer' }) conversation_id!: number;
  @ApiProperty({ type: 'integer', description: 'Its number in the conversation, without holes' })
  seq!: number;
  @ApiProperty({ type: 'integer' }) revision!: number;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) client_message_id!: string | null;
  @ApiProperty({ type: MessageSenderModel }) sender!: MessageSenderModel;
  @ApiProperty() content!: string;
  @ApiProperty({ enum: Object.values(MESSAGE_TYPES) }) message_type!: MessageType;
  @ApiProperty({ type: AttachmentModel, nullable: true }) attachment!: AttachmentModel | null;
  @ApiProperty() is_read!: boolean;
  @ApiProperty({ enum: Object.values(MESSAGE_STATUSES) }) status!: MessageStatus;
  @ApiProperty({ format: 'date-time' }) created_at!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) edited_at!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) deleted_at!: string | null;
}

export class MessagePageModel {
  @ApiProperty({ type: 'integer', required: false, description: 'Absent with `before`' })
  count?: number;
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
  @ApiProperty({ type: String, nullable: true, required: false }) previous?: string | null;
  @ApiProperty({ type: [MessageModel] }) results!: MessageModel[];
}
