import type { Failure, Message } from '@support-chat/contracts';

/** A message that the server has not accepted yet; kept in this browser until it has. */
export interface OutboxEntry {
  /** The `client_message_id`, made once: however often it is sent, it is stored once. */
  clientId: string;
  conversationId: number;
  content: string;
  /** Milliseconds; the order of sending. */
  queuedAt: number;
  /** `sending` includes waiting for the connection; `failed` waits for the person. */
  state: 'sending' | 'failed';
  /** Why it failed. */
  failure: Failure | null;
}

/**
 * One line of a conversation. `key` stays the same when an outgoing message becomes a stored one,
 * so a list tracked by it does not flicker.
 */
export type TimelineItem =
  | { kind: 'message'; key: string; message: Message }
  | { kind: 'outgoing'; key: string; entry: OutboxEntry };
