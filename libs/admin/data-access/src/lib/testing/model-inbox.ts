import type { Conversation, CursorPage } from '@support-chat/contracts';
import { byActivity } from '../fold-rows';

/** The list of conversations as the server holds it; time passes with every activity. */
export class ModelInbox {
  private readonly conversations = new Map<number, Conversation>();
  private clock = Date.parse('2026-11-22T07:00:00.000Z');

  /** A message in a conversation, which is new if it was not known. */
  write(id: number): void {
    this.clock += 1;
    const at = new Date(this.clock).toISOString();
    const before = this.conversations.get(id);
    this.conversations.set(id, {
      id,
      user: { id, name: `user ${id}`, email: `u${id}@example.org` },
      is_active: true,
      created_at: before?.created_at ?? at,
      last_message_at: at,
      last_message: null,
      message_count: (before?.message_count ?? 0) + 1,
      unread_count: (before?.unread_count ?? 0) + 1,
      revision: (before?.revision ?? 0) + 1,
    });
  }

  /** A change that is no activity: read, ended. */
  change(id: number, change: Partial<Conversation>): Conversation {
    const before = this.conversations.get(id);
    if (!before) throw new Error(`no conversation ${id}`);
    const after = { ...before, ...change, revision: before.revision + 1 };
    this.conversations.set(id, after);
    return after;
  }

  all(): Conversation[] {
    return [...this.conversations.values()].sort(byActivity);
  }

  /** From an index on, as a `next` link of this model says it. */
  page(from: number, size: number): CursorPage<Conversation> {
    const rest = this.all().slice(from);
    return {
      results: rest.slice(0, size),
      next: rest.length > size ? `/api/chat/conversations/?cursor=${from + size}` : null,
    };
  }
}
