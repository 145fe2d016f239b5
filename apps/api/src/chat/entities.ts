import { Conversation } from './conversations/conversation.entity';
import { Message } from './messages/message.entity';
import { MessageReadStatus } from './read-status/message-read-status.entity';

export const CHAT_ENTITIES = [Conversation, Message, MessageReadStatus];
