import type { Conversation, Message, Updates } from '@support-chat/contracts';

const AT = '2026-11-22T07:03:00.000Z';

/** A conversation as the contract's section 4 tells of it: every change takes the next revision. */
export class ModelServer {
  private readonly messages: Message[] = [];
  private revision = 0;

  constructor(private readonly id = 7) {}

  send(role: 'user' | 'admin', clientId: string | null = null, content = 'text'): Message {
    const seq = this.messages.length + 1;
    this.revision += 1;
    const message: Message = {
      id: 100 * this.id + seq,
      conversation_id: this.id,
      seq,
      revision: this.revision,
      client_message_id: clientId,
      sender: { id: role === 'user' ? 1 : 2, name: role, role },
      content,
      message_type: 'text',
      attachment: null,
      is_read: false,
      status: 'sent',
      created_at: AT,
      edited_at: null,
      deleted_at: null,
    };
    this.messages.push(message);
    return message;
  }

  /** The other side reads one message; each takes its own revision. */
  read(seq: number): void {
    const message = this.messages[seq - 1];
    if (!message || message.is_read) return;
    this.revision += 1;
    this.messages[seq - 1] = { ...message, is_read: true, status: 'read', revision: this.revision };
  }

  readId(id: number): void {
    this.read(id - 100 * this.id);
  }

  conversation(): Conversation {
    return {
      id: this.id,
      user: { id: 1, name: 'user', email: 'u1@example.org' },
      is_active: true,
      created_at: AT,
      last_message_at: this.messages.length > 0 ? AT : null,
      last_message: this.messages.at(-1) ?? null,
      message_count: this.messages.length,
      unread_count: this.unread(),
      revision: this.revision,
    };
  }

  history(before: number, size: number): Message[] {
    return this.messages
      .slice(0, before - 1)
      .slice(-size)
      .reverse();
  }

  all(): Message[] {
    return [...this.messages];
  }

  updates(after: number, size = 100): Updates | null {
    if (after >= this.revision) return null;
    const changed = this.messages
      .filter(({ revision }) => revision > after)
      .sort((a, b) => a.revision - b.revision);
    const messages = changed.slice(0, size);
    const more = changed.length > size;
    return {
      conversation: this.conversation(),
      messages,
      from: after,
      revision: more ? (messages.at(-1)?.revision ?? this.revision) : this.revision,
      more,
    };
  }

  /** For the user: unread messages of admins. */
  private unread(): number {
    return this.messages.filter(({ sender, is_read }) => sender.role === 'admin' && !is_read)
      .length;
  }
}
