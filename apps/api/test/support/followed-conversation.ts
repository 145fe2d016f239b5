import type { Conversation, Message, UpdatesFrame } from '@support-chat/contracts';

/** A conversation as a client holds it. */
export interface Snapshot {
  conversation: Conversation | null;
  messages: Message[];
}

/** What a socket's frames make of a conversation, put in place as docs/api.md says. */
export class FollowedConversation {
  /** Frames that began above what was held: something was missing. */
  gaps = 0;
  private conversation: Conversation | null = null;
  private readonly bySeq = new Map<number, Message>();

  fold({ conversation, messages, from, revision }: UpdatesFrame): void {
    if (from > (this.conversation?.revision ?? 0)) this.gaps += 1;
    for (const message of messages) this.bySeq.set(message.seq, message);
    this.conversation = { ...conversation, revision };
  }

  get held(): Snapshot {
    const messages = [...this.bySeq.values()].sort((a, b) => a.seq - b.seq);
    return { conversation: this.conversation, messages };
  }
}
