import { ApiProperty } from '@nestjs/swagger';
import type {
  LatestUnread,
  MarkedRead,
  UnreadConversation,
  UnreadCount,
} from '@support-chat/contracts';
import { ConversationModel } from './conversation.model';
import { MessageModel } from './message.model';

export class UnreadCountModel implements UnreadCount {
  @ApiProperty({ type: 'integer' }) unread_count!: number;
}

export class MarkedReadModel implements MarkedRead {
  @ApiProperty({ type: 'integer', description: 'Messages that became read by this call' })
  marked_read!: number;
}

export class UnreadConversationModel implements UnreadConversation {
  @ApiProperty({ type: ConversationModel }) conversation!: ConversationModel;
  @ApiProperty({
    type: MessageModel,
    description: 'Its newest unread message, cut like `last_message`',
  })
  message!: MessageModel;
}

export class LatestUnreadModel implements LatestUnread {
  @ApiProperty({ type: 'integer' }) unread_count!: number;
  @ApiProperty({ type: [UnreadConversationModel] }) results!: UnreadConversationModel[];
}
