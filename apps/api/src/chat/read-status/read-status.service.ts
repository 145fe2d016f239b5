import { Injectable } from '@nestjs/common';
import type { Caller } from '../../auth';
import { NewsBus } from '../../platform/bus/news-bus';
import { Database, type Transaction } from '../../platform/database/database';
import { ProblemError } from '../../platform/http/problem.error';
import { mayAccessConversation, sideOf } from '../access/conversation-access.policy';
import {
  LOCK_CONVERSATION,
  type LockedConversation,
} from '../conversations/conversation.statements';
import { CONVERSATION_NEWS, type ConversationNews } from '../conversations/conversation.topic';
import { CONVERSATIONS_OF_MESSAGES, MARK_DELIVERED, MARK_READ } from './read-status.statements';

interface MarkedRow {
  revision: number;
  marked: number;
}

/** Marks messages delivered and read: what is once read never becomes unread. */
@Injectable()
export class ReadStatusService {
  constructor(
    private readonly database: Database,
    private readonly bus: NewsBus,
  ) {}

  /** Everything the other side wrote in the conversation so far. @returns how many became read */
  async markConversation(reader: Caller, conversationId: number): Promise<number> {
    return this.change(async (transaction, changed) =>
      this.mark(transaction, reader, conversationId, null, changed),
    );
  }

  /**
   * Single messages, in any number of conversations, all or nothing.
   * Fails with `not_found` when one of them is not the caller's to read.
   * @returns how many became read
   */
  async markMessages(reader: Caller, messageIds: readonly number[]): Promise<number> {
    const wanted = new Set(messageIds);
    const conversations = await this.database.rows<{
      id: number;
      user_id: number;
      message_ids: number[];
    }>(CONVERSATIONS_OF_MESSAGES, [[...wanted]]);
    const found = conversations.reduce((sum, { message_ids }) => sum + message_ids.length, 0);
    const mayRead = conversations.every(({ user_id }) => mayAccessConversation(reader, user_id));
    if (found !== wanted.size || !mayRead) throw ProblemError.notFound();
    return this.change(async (transaction, changed) => {
      let marked = 0;
      for (const { id, message_ids } of conversations) {
        marked += await this.mark(transaction, reader, id, message_ids, changed);
      }
      return marked;
    });
  }

  /** The caller's client holds everything up to `seq`; capped at the newest, never turning back. */
  async markDelivered(reader: Caller, conversationId: number, seq: number): Promise<void> {
    await this.change(async (transaction, changed) => {
      const locked = await lock(transaction, conversationId);
      const isAdmin = sideOf(reader) === 'admin';
      const before = isAdmin ? locked.admin_delivered_seq : locked.user_delivered_seq;
      const mark = Math.min(seq, locked.message_count);
      if (mark <= before) return;
      const [row] = await transaction.rows<{ revision: number }>(MARK_DELIVERED, [
        conversationId,
        isAdmin,
        before,
        mark,
        locked.revision,
      ]);
      if (row) changed.push(news(locked, row.revision, false));
    });
  }

  private async mark(
    transaction: Transaction,
    reader: Caller,
    conversationId: number,
    messageIds: readonly number[] | null,
    changed: ConversationNews[],
  ): Promise<number> {
    const locked = await lock(transaction, conversationId);
    const isAdmin = sideOf(reader) === 'admin';
    const unread = isAdmin ? locked.admin_unread_count : locked.user_unread_count;
    if (unread === 0) return 0;
    const [row] = await transaction.rows<MarkedRow>(MARK_READ, [
      conversationId,
      isAdmin,
      reader.id,
      locked.revision,
      messageIds,
    ]);
    if (!row) return 0;
    changed.push(news(locked, row.revision, isAdmin));
    return row.marked;
  }

  /** One transaction; this process hears of its changes as soon as they are committed. */
  private async change<T>(
    work: (transaction: Transaction, changed: ConversationNews[]) => Promise<T>,
  ): Promise<T> {
    let changed: ConversationNews[] = [];
    const result = await this.database.transaction(async (transaction) => {
      changed = [];
      return work(transaction, changed);
    });
    for (const fact of changed) this.bus.tell(CONVERSATION_NEWS, fact);
    if (changed.length > 0) await this.bus.told();
    return result;
  }
}

async function lock(transaction: Transaction, conversationId: number): Promise<LockedConversation> {
  const [row] = await transaction.rows<LockedConversation>(LOCK_CONVERSATION, [conversationId]);
  if (!row) throw ProblemError.notFound();
  return row;
}

function news(
  { id, user_id }: LockedConversation,
  revision: number,
  isRelisted: boolean,
): ConversationNews {
  return { id, user_id, revision, is_relisted: isRelisted };
}
