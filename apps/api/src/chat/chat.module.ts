import { Module } from '@nestjs/common';
import { ConversationAccess } from './access/conversation-access';
import { ConversationAccessGuard } from './access/conversation-access.guard';
import { ConversationOwners } from './access/conversation-owners';
import {
  ATTACHMENT_CONTROLLERS,
  ATTACHMENT_PROVIDERS,
  AttachmentCleaning,
  AttachmentPolicies,
} from './attachments';
import { ConversationsController } from './conversations/conversations.controller';
import { ConversationsService } from './conversations/conversations.service';
import { MessagesController } from './messages/messages.controller';
import { MessageStore } from './messages/message-store';
import { MessagesService } from './messages/messages.service';
import { SendLimit } from './messages/send-limit';
import { IdleUnreadCount } from './read-status/idle-unread-count';
import { LatestUnreadController } from './read-status/latest-unread.controller';
import { LatestUnreadService } from './read-status/latest-unread.service';
import { ReadStatusController } from './read-status/read-status.controller';
import { ReadStatusService } from './read-status/read-status.service';
import { UnreadCountController } from './read-status/unread-count.controller';
import { UnreadTotals } from './read-status/unread-totals';
import { Presence, REALTIME_PROVIDERS, SocketAdmission, SocketController } from './realtime';
import { ConversationRevisions } from './updates/conversation-revisions';
import { IdleUpdates } from './updates/idle-updates';
import { UpdatesController } from './updates/updates.controller';
import { UpdatesService } from './updates/updates.service';

/** Conversations between students and staff: who may enter, messages, what is read, what changed. */
@Module({
  controllers: [
    ...ATTACHMENT_CONTROLLERS,
    ConversationsController,
    LatestUnreadController,
    MessagesController,
    ReadStatusController,
    SocketController,
    UnreadCountController,
    UpdatesController,
  ],
  providers: [
    ...ATTACHMENT_PROVIDERS,
    ...REALTIME_PROVIDERS,
    ConversationAccess,
    ConversationAccessGuard,
    ConversationOwners,
    ConversationRevisions,
    ConversationsService,
    IdleUnreadCount,
    IdleUpdates,
    LatestUnreadService,
    MessageStore,
    MessagesService,
    ReadStatusService,
    SendLimit,
    UnreadTotals,
    UpdatesService,
  ],
  exports: [
    AttachmentCleaning,
    AttachmentPolicies,
    ConversationAccess,
    ConversationAccessGuard,
    ConversationsService,
    Presence,
    SocketAdmission,
  ],
})
export class ChatModule {}
