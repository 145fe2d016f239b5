import { Injectable } from '@nestjs/common';
import { ReadThroughCache } from '../../platform/cache/read-through-cache';
import { NewsBus } from '../../platform/bus/news-bus';
import { Database, type Statement } from '../../platform/database/database';

const OWNER: Statement = {
  name: 'conversation-owner',
  text: 'SELECT user_id FROM chat_conversations WHERE id = $1',
};

const MAX_REMEMBERED = 100_000;

/** Whose a conversation is. An owner never changes, so it is remembered. */
@Injectable()
export class ConversationOwners {
  private readonly memory: ReadThroughCache<number, number>;

  constructor(
    private readonly database: Database,
    bus: NewsBus,
  ) {
    this.memory = new ReadThroughCache(bus, MAX_REMEMBERED);
  }

  /** The owner's user id from memory alone, or undefined. */
  peek(conversationId: number): number | undefined {
    return this.memory.peek(conversationId);
  }

  /** The owner's user id from the database, whatever memory knows; null for no conversation. */
  async read(conversationId: number): Promise<number | null> {
    const [row] = await this.database.rows<{ user_id: number }>(OWNER, [conversationId]);
    return row?.user_id ?? null;
  }

  async remember(conversationId: number, ownerId: number): Promise<void> {
    await this.memory.get(conversationId, () => Promise.resolve(ownerId));
  }
}
