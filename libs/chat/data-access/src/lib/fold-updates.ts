import type { Conversation, Message, Updates } from '@support-chat/contracts';

/** One conversation as this client holds it: a value, changed only by the functions below. */
export interface ConversationValue {
  conversation: Conversation;
  /** Everything that changed up to here is in the value: the `after` to ask with. */
  revision: number;
  /** The first message of the gapless history held; older ones are still to be loaded. */
  fromSeq: number;
  /** By `seq`; may also hold changed messages older than `fromSeq`. */
  messages: ReadonlyMap<number, Message>;
}

/** A conversation before any of its messages is loaded. */
export function startValue(conversation: Conversation): ConversationValue {
  return {
    conversation,
    revision: conversation.revision,
    fromSeq: conversation.message_count + 1,
    messages: new Map(),
  };
}

/**
 * Folds what changed since `updates.from` into a value. Twice, or an older body after a newer
 * one, gives the same value, and the same object. A body from beyond what is held brings its
 * messages but not its revision, so what lies between is still asked for.
 */
export function foldUpdates(value: ConversationValue, updates: Updates): ConversationValue {
  const isGapless = updates.from <= value.revision;
  return fold(value, updates.messages, {
    conversation: newer(value.conversation, updates.conversation),
    revision: isGapless ? Math.max(value.revision, updates.revision) : value.revision,
    fromSeq: value.fromSeq,
  });
}

/** Folds messages that came by another way than updates, such as the answer to a send. */
export function foldMessages(
  value: ConversationValue,
  messages: readonly Message[],
): ConversationValue {
  return fold(value, messages, value);
}

/** Folds the page of history that ends just before `fromSeq`. */
export function foldHistory(value: ConversationValue, page: readonly Message[]): ConversationValue {
  const fromSeq = page.reduce((lowest, { seq }) => Math.min(lowest, seq), value.fromSeq);
  return fold(value, page, { ...value, fromSeq: page.length === 0 ? 1 : fromSeq });
}

/** The gapless history by `seq`. */
export function messagesOf(value: ConversationValue): Message[] {
  return [...value.messages.values()]
    .filter(({ seq }) => seq >= value.fromSeq)
    .sort((a, b) => a.seq - b.seq);
}

function fold(
  value: ConversationValue,
  arriving: readonly Message[],
  rest: Omit<ConversationValue, 'messages'>,
): ConversationValue {
  const fresh = arriving.filter(
    ({ seq, revision }) => revision > (value.messages.get(seq)?.revision ?? 0),
  );
  const { conversation, revision, fromSeq } = rest;
  if (
    fresh.length === 0 &&
    conversation === value.conversation &&
    revision === value.revision &&
    fromSeq === value.fromSeq
  ) {
    return value;
  }
  const messages = fresh.length === 0 ? value.messages : withNewest(value.messages, fresh);
  return { conversation, revision, fromSeq, messages };
}

function withNewest(
  held: ReadonlyMap<number, Message>,
  fresh: readonly Message[],
): ReadonlyMap<number, Message> {
  const messages = new Map(held);
  for (const message of fresh) {
    if (message.revision > (messages.get(message.seq)?.revision ?? 0)) {
      messages.set(message.seq, message);
    }
  }
  return messages;
}

function newer(held: Conversation, arriving: Conversation): Conversation {
  return arriving.revision > held.revision ? arriving : held;
}
