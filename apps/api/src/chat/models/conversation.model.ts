import { ApiProperty } from '@nestjs/swagger';
import type { Conversation, ConversationUser } from '@support-chat/contracts';
import { MessageModel } from './message.model';

export class ConversationUserModel implements ConversationUser {
  @ApiProperty({ type: 'integer' }) id!: number;
  @ApiProperty() name!: string;
  @ApiProperty({ format: 'email' }) email!: string;
}

export class ConversationModel implements Conversation {
  @ApiProperty({ type: 'integer' }) id!: number;
  @ApiProperty({ type: ConversationUserModel }) user!: ConversationUserModel;
  @ApiProperty() is_active!: boolean;
  @ApiProperty({ format: 'date-time' }) created_at!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  last_message_at!: string | null;
  @ApiProperty({ type: MessageModel, nullable: true }) last_message!: MessageModel | null;
  @ApiProperty({ type: 'integer' }) message_count!: number;
  @ApiProperty({ type: 'integer', description: "Unread on the caller's side" })
  unread_count!: number;
  @ApiProperty({ type: 'integer' }) revision!: number;
}

export class ConversationPageModel {
  @ApiProperty({ type: 'integer', required: false, description: 'Absent with `cursor`' })
  count?: number;
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
  @ApiProperty({ type: String, nullable: true, required: false }) previous?: string | null;
  @ApiProperty({ type: [ConversationModel] }) results!: ConversationModel[];
}
