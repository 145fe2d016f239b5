import { Injectable } from '@nestjs/common';
import { SOCKET_LIMITS, type ServerFrame } from '@support-chat/contracts';
import { NewsBus } from '../../../platform/bus/news-bus';
import { Database, type Statement } from '../../../platform/database/database';
import { ProblemError } from '../../../platform/http/problem.error';
import type { AccessedConversation } from '../../access/conversation-access';
import type { Side } from '../../access/conversation-access.policy';
import { CONVERSATION_NEWS } from '../../conversations/conversation.topic';
import { UpdatesService } from '../../updates/updates.service';
import type { ChatSocket } from '../connections/chat-socket';
import { SocketRegistry } from '../connections/socket-registry';
import { ConversationFeed } from './conversation-feed';
import type { Subscription } from './subscription';

/** $1 conversation ids */
const REVISIONS: Statement = {
  name: 'conversation-revisions',
  text: 'SELECT id, revision FROM chat_conversations WHERE id = ANY ($1::bigint[])',
};

type Watcher = (feed: ConversationFeed, socket: ChatSocket) => void;

/** Which sockets of this process follow which conversations. Who may do so is decided before. */
@Injectable()
export class ConversationFeeds {
  private readonly feeds = new Map<number, ConversationFeed>();
  private readonly byOwner = new Map<number, Set<ConversationFeed>>();
  private readonly bySocket = new Map<ChatSocket, Map<number, Subscription>>();
  private readonly watchers: Watcher[] = [];

  constructor(
    private readonly updates: UpdatesService,
    private readonly database: Database,
    registry: SocketRegistry,
    bus: NewsBus,
  ) {
    registry.watchEnds((socket) => {
      this.drop(socket);
    });
    bus.on(CONVERSATION_NEWS, ({ id, revision }) => this.feeds.get(id)?.heard(revision));
  }

  /**
   * Begins anew where the socket follows it already. Fails with `rate_limited` for too many at
   * once, `resync` when the client is ahead of the server, `unavailable`.
   */
  async subscribe(
    socket: ChatSocket,
    side: Side,
    { id, ownerId }: AccessedConversation,
    after: number,
  ): Promise<void> {
    this.unsubscribe(socket, id);
    // It ended while the access was looked up.
    if (!socket.isOpen) return;
    const own = this.bySocket.get(socket) ?? new Map<number, Subscription>();
    if (own.size >= SOCKET_LIMITS.subscriptions) {
      throw new ProblemError('rate_limited', 'You follow too many conversations at once.');
    }
    const feed = this.feeds.get(id) ?? this.open(id, ownerId);
    const subscription = { socket, side, revision: after, isAnswered: false, isLive: false };
    this.bySocket.set(socket, own.set(id, subscription));
    try {
      await feed.start(subscription);
      for (const watcher of this.watchers) watcher(feed, socket);
    } catch (error) {
      this.unsubscribe(socket, id);
      throw error;
    }
  }

  unsubscribe(socket: ChatSocket, conversationId: number): void {
    const own = this.bySocket.get(socket);
    const subscription = own?.get(conversationId);
    if (!own || !subscription) return;
    own.delete(conversationId);
    if (own.size === 0) this.bySocket.delete(socket);
    this.leave(conversationId, subscription);
  }

  /** Hears of each socket that begins to follow, after it got its first answer. */
  watch(watcher: Watcher): void {
    this.watchers.push(watcher);
  }

  all(): Iterable<ConversationFeed> {
    return this.feeds.values();
  }

  /** The conversations of this user that somebody follows here. */
  ofOwner(ownerId: number): Iterable<ConversationFeed> {
    return this.byOwner.get(ownerId) ?? [];
  }

  /** Sends to all who follow a conversation here, but those of one user. */
  send(conversationId: number, frame: ServerFrame, exceptUserId: number): void {
    this.feeds.get(conversationId)?.send(frame, exceptUserId);
  }

  /** For the time in which news may have been missed. */
  async recheck(): Promise<void> {
    if (this.feeds.size === 0) return;
    const rows = await this.database.rows<{ id: number; revision: number }>(REVISIONS, [
      [...this.feeds.keys()],
    ]);
    for (const { id, revision } of rows) this.feeds.get(id)?.heard(revision);
  }

  private open(id: number, ownerId: number): ConversationFeed {
    const feed = new ConversationFeed(id, ownerId, this.updates, ({ socket }) => {
      this.unsubscribe(socket, id);
    });
    this.feeds.set(id, feed);
    const others = this.byOwner.get(ownerId);
    if (others) others.add(feed);
    else this.byOwner.set(ownerId, new Set([feed]));
    return feed;
  }

  private leave(id: number, subscription: Subscription): void {
    const feed = this.feeds.get(id);
    feed?.subscriptions.delete(subscription);
    if (feed?.subscriptions.size !== 0) return;
    this.feeds.delete(id);
    const others = this.byOwner.get(feed.ownerId);
    others?.delete(feed);
    if (others?.size === 0) this.byOwner.delete(feed.ownerId);
  }

  private drop(socket: ChatSocket): void {
    for (const [id, subscription] of this.bySocket.get(socket) ?? []) this.leave(id, subscription);
    this.bySocket.delete(socket);
  }
}
