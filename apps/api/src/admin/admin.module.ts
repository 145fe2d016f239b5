import { Module } from '@nestjs/common';
import { ChatModule } from '../chat';
import { AttachmentPolicyChangeController } from './attachments/attachment-policy-change.controller';
import { ConversationClosingController } from './conversations/conversation-closing.controller';
import { IdleInbox } from './inbox/idle-inbox';
import { InboxController } from './inbox/inbox.controller';
import { InboxService } from './inbox/inbox.service';

/** What only admins do: the list of all conversations, and ending one. */
@Module({
  imports: [ChatModule],
  controllers: [AttachmentPolicyChangeController, InboxController, ConversationClosingController],
  providers: [IdleInbox, InboxService],
})
export class AdminModule {}
