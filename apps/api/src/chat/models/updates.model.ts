import { ApiProperty } from '@nestjs/swagger';
import type { Updates } from '@support-chat/contracts';
import { ConversationModel } from './conversation.model';
import { MessageModel } from './message.model';

export class UpdatesModel implements Updates {
  @ApiProperty({ type: ConversationModel }) conversation!: ConversationModel;
  @ApiProperty({ type: [MessageModel] }) messages!: MessageModel[];
  @ApiProperty({ type: 'integer' }) from!: number;
  @ApiProperty({ type: 'integer' }) revision!: number;
  @ApiProperty() more!: boolean;
}
