import { ChatGateway } from './chat.gateway';
import { SocketAdmission } from './connections/socket-admission';
import { SocketCare } from './connections/socket-care';
import { SocketIdentities } from './connections/socket-identities';
import { SocketRegistry } from './connections/socket-registry';
import { ConversationFeeds } from './feeds/conversation-feeds';
import { DoubtWatch } from './feeds/doubt-watch';
import { InboxFeed } from './feeds/inbox-feed';
import { FrameActions } from './frames/frame-actions';
import { FrameHandlers } from './frames/frame-handlers';
import { FrameReader } from './frames/frame-reader';
import { Presence } from './people/presence';
import { Typing } from './people/typing';

export { Presence } from './people/presence';
export { SocketAdmission } from './connections/socket-admission';
export { SocketController } from './socket.controller';

/** The socket and all that stands behind it. */
export const REALTIME_PROVIDERS = [
  ChatGateway,
  ConversationFeeds,
  DoubtWatch,
  FrameActions,
  FrameHandlers,
  FrameReader,
  InboxFeed,
  Presence,
  SocketAdmission,
  SocketCare,
  SocketIdentities,
  SocketRegistry,
  Typing,
];
