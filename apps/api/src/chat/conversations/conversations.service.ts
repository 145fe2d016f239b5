import { Injectable } from '@nestjs/common';
import type { Conversation } from '@support-chat/contracts';
import { NewsBus } from '../../platform/bus/news-bus';
import { Database, type Statement } from '../../platform/database/database';
import { ProblemError } from '../../platform/http/problem.error';
import type { Side } from '../access/conversation-access.policy';
import { toConversation, type ConversationRow } from './conversation.row';
import {
  ACTIVE_CONVERSATION,
  CLOSE_CONVERSATION,
  CONVERSATION_BY_ID,
  CONVERSATION_UNREAD_COUNTS,
  CREATE_CONVERSATION,
  LATEST_CONVERSATION,
  type UnreadCounts,
} from './conversation.statements';
import { CONVERSATION_NEWS } from './conversation.topic';

const MAX_ATTEMPTS = 3;

/** Reads, makes and ends conversations. Who may do so is decided before. */
@Injectable()
export class ConversationsService {
  constructor(
    private readonly database: Database,
    private readonly bus: NewsBus,
  ) {}

  /** `not_found` where there is none. */
  async get(id: number, side: Side): Promise<Conversation> {
    const conversation = await this.find(CONVERSATION_BY_ID, id, side);
    if (!conversation) throw ProblemError.notFound();
    return conversation;
  }

  /** The user's active conversation or else their latest ended one; made if there was never any. */
  async resume(userId: number): Promise<Conversation> {
    const latest = await this.find(LATEST_CONVERSATION, userId, 'user');
    return latest ?? (await this.getOrCreateActive(userId)).conversation;
  }

  /** The user's active conversation, made if there is none; any number of calls at once make one. */
  async getOrCreateActive(userId: number): Promise<{ conversation: Conversation; isNew: boolean }> {
    let isNew = false;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const conversation = await this.find(ACTIVE_CONVERSATION, userId, 'user');
      if (conversation) return { conversation, isNew };
      // No row where another call was faster; ended in the instant between where it is not found.
      const [created] = await this.database.write<{ id: number }>(CREATE_CONVERSATION, [userId]);
      if (created) this.tell(created.id, userId, 0);
      isNew = created !== undefined;
    }
    throw ProblemError.unavailable();
  }

  /** Ends a conversation; one that has ended already stays as it is. */
  async close(id: number): Promise<Conversation> {
    const [closed] = await this.database.write<{ user_id: number; revision: number }>(
      CLOSE_CONVERSATION,
      [id],
    );
    if (closed) this.tell(id, closed.user_id, closed.revision);
    return this.get(id, 'admin');
  }

  /** Unread messages of one side; `not_found` where there is no such conversation. */
  async unreadCount(id: number, side: Side): Promise<number> {
    const [row] = await this.database.rows<UnreadCounts>(CONVERSATION_UNREAD_COUNTS, [id]);
    if (!row) throw ProblemError.notFound();
    return side === 'admin' ? row.admin_unread_count : row.user_unread_count;
  }

  private async find(by: Statement, value: number, side: Side): Promise<Conversation | null> {
    const [row] = await this.database.rows<ConversationRow>(by, [value]);
    return row ? toConversation(row, side) : null;
  }

  private tell(id: number, userId: number, revision: number): void {
    this.bus.tell(CONVERSATION_NEWS, { id, user_id: userId, revision, is_relisted: true });
  }
}
