import type { Attachment, Failure, Message } from '@support-chat/contracts';
import { type ConversationValue, messagesOf } from './fold-updates';

/** A message that the server has not accepted yet; kept in this browser until it has. */
export interface OutboxEntry {
  /** The `client_message_id`, made once: however often it is sent, it is stored once. */
  clientId: string;
  conversationId: number;
  content: string;
  /** Uploaded before; may be used by one message only. */
  attachment: Attachment | null;
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

/** The stored messages by `seq`, then the viewer's on their way, each message once. */
export function timelineOf(
  value: ConversationValue,
  outbox: readonly OutboxEntry[],
  viewerId: number,
): TimelineItem[] {
  const stored = messagesOf(value).map((message) => {
    const { id, sender, client_message_id: clientId } = message;
    const key = clientId === null ? `${id}` : keyOf(sender.id, clientId);
    return { kind: 'message' as const, key, message };
  });
  const taken = new Set(stored.map(({ key }) => key));
  const outgoing = outbox
    .filter(({ conversationId }) => conversationId === value.conversation.id)
    .map((entry) => ({ kind: 'outgoing' as const, key: keyOf(viewerId, entry.clientId), entry }))
    .filter(({ key }) => !taken.has(key));
  return [...stored, ...outgoing];
}

/** Ids are the sender's own choice and compared without regard to case. */
function keyOf(senderId: number, clientId: string): string {
  return `${senderId}:${clientId.toLowerCase()}`;
}
