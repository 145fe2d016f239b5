/** The only door of the chat module for other modules. */
export type { AccessedConversation } from './access/conversation-access';
export { ConversationRoute, CurrentConversation } from './access/conversation-route.decorator';
export { AttachmentCleaning, AttachmentPolicies } from './attachments';
export { ChatModule } from './chat.module';
export {
  CONVERSATION_COLUMNS,
  CONVERSATION_TABLES,
  toConversation,
  type ConversationRow,
} from './conversations/conversation.row';
export { CONVERSATION_NEWS } from './conversations/conversation.topic';
export { ConversationsService } from './conversations/conversations.service';
export { Presence, SocketAdmission } from './realtime';
export { AttachmentPolicyModel } from './models/attachment.model';
export { ConversationModel, ConversationPageModel } from './models/conversation.model';
