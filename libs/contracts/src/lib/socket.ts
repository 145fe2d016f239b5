import type { User, UserRole } from './auth';
import type { Conversation, Updates } from './chat';
import type { ProblemCode } from './problem';

/** Path of the WebSocket, with or without a trailing slash. */
export const SOCKET_PATH = '/api/chat/socket';

/** Why the server ends a socket (RFC 6455 section 7.4; 4000 and above are our own). */
export const SOCKET_CLOSES = {
  badText: 1007,
  notAllowed: 1008,
  tooBig: 1009,
  restarting: 1012,
  /** Too much is unread or unanswered, or the identity cannot be read now. */
  tryLater: 1013,
  identityLost: 4401,
  noIdentityInTime: 4408,
  tooFast: 4429,
} as const;

export const SOCKET_LIMITS = {
  frameBytes: 64 * 1024,
  /** From the connection to a valid `authenticate`. */
  identityWithinMs: 10_000,
  /** A reader further behind than this is cut off. */
  backlogFrames: 256,
  backlogBytes: 1024 * 1024,
  /** The third bad frame in a row ends the socket. */
  badFramesInARow: 3,
  /** Conversations that one socket follows at once. */
  subscriptions: 100,
  perUser: 10,
  /** Sockets that nobody has identified; a school may have one address for all its people. */
  strangersPerAddress: 20,
  /** A client that hears nothing for twice as long reconnects. */
  heartbeatSeconds: 20,
  /** At most one `typing` of a conversation in this time; more are dropped. */
  typingEveryMs: 3_000,
  typingExpiresMs: 6_000,
  /** How long a person stays online after the last socket, and after the last poll. */
  onlineAfterSocketMs: 5_000,
  onlineAfterPollMs: 60_000,
} as const;

export interface AuthenticateFrame {
  type: 'authenticate';
  token: string;
}

/** Answered by one `updates` frame, more while there is more, then live. */
export interface SubscribeFrame {
  type: 'subscribe';
  conversation_id: number;
  /** A revision; 0 for everything. */
  after: number;
}

export interface UnsubscribeFrame {
  type: 'unsubscribe';
  conversation_id: number;
}

export interface SubscribeInboxFrame {
  type: 'subscribe_inbox';
}

export interface ClientTypingFrame {
  type: 'typing';
  conversation_id: number;
}

/** All that a client may send; it never writes. */
export type ClientFrame =
  AuthenticateFrame | SubscribeFrame | UnsubscribeFrame | SubscribeInboxFrame | ClientTypingFrame;

export interface ReadyFrame {
  type: 'ready';
  user: User;
  heartbeat_seconds: number;
}

export interface HeartbeatFrame {
  type: 'heartbeat';
}

export interface UpdatesFrame extends Updates {
  type: 'updates';
  conversation_id: number;
}

/** For admins that subscribed to the inbox: a conversation changed. */
export interface InboxFrame {
  type: 'inbox';
  conversation: Conversation;
  /** The caller's total. */
  unread_count: number;
}

export interface TypingFrame {
  type: 'typing';
  conversation_id: number;
  user: { id: number; name: string; role: UserRole };
  expires_in_ms: number;
}

export interface PresenceFrame {
  type: 'presence';
  conversation_id: number;
  user_online: boolean;
  staff_online: boolean;
}

export interface ErrorFrame {
  type: 'error';
  code: ProblemCode;
  detail: string;
  /** The conversation the refused frame was about, where it named one. */
  conversation_id?: number;
}

export type ServerFrame =
  | ReadyFrame
  | HeartbeatFrame
  | UpdatesFrame
  | InboxFrame
  | TypingFrame
  | PresenceFrame
  | ErrorFrame;
