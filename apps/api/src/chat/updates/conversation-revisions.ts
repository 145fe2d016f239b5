import { Injectable } from '@nestjs/common';
import { NewsBus } from '../../platform/bus/news-bus';
import { ReadThroughCache } from '../../platform/cache/read-through-cache';
import { SharedCache } from '../../platform/cache/shared-cache';
import { Database, type Statement } from '../../platform/database/database';
import { ProblemError } from '../../platform/http/problem.error';
import { CONVERSATION_NEWS } from '../conversations/conversation.topic';

const REVISION: Statement = {
  name: 'conversation-revision',
  text: 'SELECT revision FROM chat_conversations WHERE id = $1',
};

const MAX_REMEMBERED = 100_000;

/** The current revision of each conversation somebody polls, kept up by the bus. */
@Injectable()
export class ConversationRevisions {
  private readonly memory: ReadThroughCache<number, number>;

  constructor(
    private readonly database: Database,
    private readonly shared: SharedCache,
    bus: NewsBus,
  ) {
    this.memory = new ReadThroughCache(bus, MAX_REMEMBERED);
    bus.on(CONVERSATION_NEWS, ({ id, revision }) => {
      this.memory.revise(id, (known) => Math.max(known, revision));
      this.shared.changed(`revision:${id}`, String(revision));
    });
  }

  /** From memory alone, or undefined. */
  peek(conversationId: number): number | undefined {
    return this.memory.peek(conversationId);
  }

  /** `not_found` where there is no such conversation. */
  async get(conversationId: number): Promise<number> {
    return this.memory.get(conversationId, async () =>
      this.shared.get(`revision:${conversationId}`, async () => this.read(conversationId)),
    );
  }

  private async read(conversationId: number): Promise<number> {
    const [row] = await this.database.rows<{ revision: number }>(REVISION, [conversationId]);
    if (!row) throw ProblemError.notFound();
    return row.revision;
  }
}
