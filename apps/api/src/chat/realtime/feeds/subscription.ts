import type { Side } from '../../access/conversation-access.policy';
import type { ChatSocket } from '../connections/chat-socket';

/** One socket following one conversation. */
export interface Subscription {
  readonly socket: ChatSocket;
  readonly side: Side;
  /** Everything up to here has been sent. */
  revision: number;
  /** Has had the first answer to its `subscribe`. */
  isAnswered: boolean;
  /** Caught up: it gets what changes with all others. */
  isLive: boolean;
}
