import type { Attachment } from './attachment';
import type { UserRole } from './auth';

export const MESSAGE_TYPES = {
  text: 'text',
  image: 'image',
  file: 'file',
  system: 'system',
} as const;
export type MessageType = (typeof MESSAGE_TYPES)[keyof typeof MESSAGE_TYPES];

/** The types a client may send. */
export const SENDABLE_MESSAGE_TYPES = [MESSAGE_TYPES.text] as const;

export const MESSAGE_STATUSES = { sent: 'sent', delivered: 'delivered', read: 'read' } as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[keyof typeof MESSAGE_STATUSES];

export interface MessageSender {
  id: number;
  name: string;
  role: UserRole;
}

export interface Message {
  id: number;
  conversation_id: number;
  /** Number in the conversation: 1, 2, 3 … without holes; its order for ever. */
  seq: number;
  /** The conversation's revision when this message last changed. */
  revision: number;
  client_message_id: string | null;
  sender: MessageSender;
  content: string;
  message_type: MessageType;
  /** Of `image` and `file` messages, until they are deleted. */
  attachment: Attachment | null;
  is_read: boolean;
  status: MessageStatus;
  /** RFC 3339, UTC, milliseconds. */
  created_at: string;
  edited_at: string | null;
  deleted_at: string | null;
}

export interface ConversationUser {
  id: number;
  name: string;
  email: string;
}

export interface Conversation {
  id: number;
  user: ConversationUser;
  is_active: boolean;
  created_at: string;
  last_message_at: string | null;
  /** Content cut to `LIMITS.lastMessagePreviewLength` code points. */
  last_message: Message | null;
  message_count: number;
  /** Unread on the caller's side. */
  unread_count: number;
  /** Raised by one for every change to the conversation. */
  revision: number;
}

export interface SendMessageBody {
  /** May be missing or empty when there is an attachment. */
  content?: string;
  /** One of the caller's staged attachments in this conversation; it decides the message type. */
  attachment_id?: number;
  message_type?: MessageType;
  /** UUID of any version; makes a retry harmless for ever. */
  client_message_id?: string;
}

export interface MarkMessagesReadBody {
  message_ids: number[];
}

export interface MarkedRead {
  /** Messages that became read by this call. */
  marked_read: number;
}

export interface DeliveredBody {
  /** The client holds every message up to this seq. */
  seq: number;
}

export interface UnreadCount {
  unread_count: number;
}

/** What changed in a conversation after a revision: the body of polls and of socket frames. */
export interface Updates {
  conversation: Conversation;
  /** In order of `revision`. */
  messages: Message[];
  /** The `after` that was asked for. */
  from: number;
  /** Ask again with this one. */
  revision: number;
  /** True when the body was cut: ask again at once. */
  more: boolean;
}
