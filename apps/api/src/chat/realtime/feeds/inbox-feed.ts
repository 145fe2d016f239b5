import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { NewsBus } from '../../../platform/bus/news-bus';
import { Database, type Statement } from '../../../platform/database/database';
import {
  CONVERSATION_COLUMNS,
  CONVERSATION_TABLES,
  toConversation,
  type ConversationRow,
} from '../../conversations/conversation.row';
import { CONVERSATION_NEWS } from '../../conversations/conversation.topic';
import { UnreadTotals } from '../../read-status/unread-totals';
import { encodeFrame, type ChatSocket } from '../connections/chat-socket';
import { SocketRegistry } from '../connections/socket-registry';

const BATCH = 100;
const RETRY_MS = 1_000;

/** $1 conversation ids */
const CONVERSATIONS_BY_ID: Statement = {
  name: 'conversations-by-id',
  text: `SELECT ${CONVERSATION_COLUMNS} FROM ${CONVERSATION_TABLES} WHERE c.id = ANY ($1::bigint[])`,
};

/** $1 seconds, $2 how many at most */
const RECENTLY_ACTIVE: Statement = {
  name: 'conversations-recently-active',
  text: `SELECT id FROM chat_conversations
    WHERE coalesce(last_message_at, created_at) > now() - make_interval(secs => $1)
    ORDER BY coalesce(last_message_at, created_at) DESC, id DESC LIMIT $2`,
};

/**
 * The admins that follow all conversations. What changed is read once for all of them; what changes
 * while that goes on is read together next, so a busy time makes larger batches, not more reads.
 */
@Injectable()
export class InboxFeed {
  private readonly logger = new Logger(InboxFeed.name);
  private readonly sockets = new Set<ChatSocket>();
  private readonly changed = new Set<number>();
  private isReading = false;

  constructor(
    private readonly database: Database,
    private readonly totals: UnreadTotals,
    registry: SocketRegistry,
    bus: NewsBus,
  ) {
    registry.watchEnds((socket) => this.sockets.delete(socket));
    bus.on(CONVERSATION_NEWS, ({ id }) => {
      this.heard([id]);
    });
  }

  subscribe(socket: ChatSocket): void {
    if (socket.isOpen) this.sockets.add(socket);
  }

  /**
   * For the time in which news may have been missed: what was written in the last seconds. What was
   * only read or ended meanwhile shows at the client's next poll.
   */
  async recheck(seconds: number): Promise<void> {
    if (this.sockets.size === 0) return;
    const rows = await this.database.rows<{ id: number }>(RECENTLY_ACTIVE, [seconds, BATCH]);
    this.heard(rows.map(({ id }) => id));
  }

  private heard(ids: readonly number[]): void {
    if (this.sockets.size === 0) return;
    for (const id of ids) this.changed.add(id);
    if (!this.isReading) void this.sendChanged();
  }

  private async sendChanged(): Promise<void> {
    this.isReading = true;
    while (this.changed.size > 0 && this.sockets.size > 0) {
      const ids = [...this.changed].slice(0, BATCH);
      for (const id of ids) this.changed.delete(id);
      try {
        await this.sendBatch(ids);
      } catch (error) {
        this.logger.warn(`Changed conversations cannot be read: ${String(error)}`);
        for (const id of ids) this.changed.add(id);
        await delay(RETRY_MS, undefined, { ref: false });
      }
    }
    this.changed.clear();
    this.isReading = false;
  }

  private async sendBatch(ids: readonly number[]): Promise<void> {
    const [reader] = this.sockets;
    if (!reader?.caller) return;
    const rows = await this.database.rows<ConversationRow>(CONVERSATIONS_BY_ID, [ids]);
    // All admins have the same total.
    const unreadCount = await this.totals.get(reader.caller);
    for (const row of rows) {
      const conversation = toConversation(row, 'admin');
      const bytes = encodeFrame({ type: 'inbox', conversation, unread_count: unreadCount });
      for (const socket of this.sockets) socket.sendBytes(bytes);
    }
  }
}
