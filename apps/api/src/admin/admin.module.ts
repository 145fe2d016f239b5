import { Module } from '@nestjs/common';
import { ChatModule } from '../chat';
import { ConversationClosingController } from './conversations/conversation-closing.controller';
import { InboxController } from './inbox/inbox.controller';
import { InboxService } from './inbox/inbox.service';

/** What only admins do: the list of all conversations, and ending one. */
@Module({
  imports: [ChatModule],
  controllers: [InboxController, ConversationClosingController],
  providers: [InboxService],
})
export class AdminModule {}
