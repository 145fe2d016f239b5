import { Logger } from '@nestjs/common';
import type { ServerFrame } from '@support-chat/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError } from '../../../platform/http/problem.error';
import { SIDES } from '../../access/conversation-access.policy';
import { toUpdates, type Changes, type UpdatesService } from '../../updates/updates.service';
import { encodeFrame } from '../connections/chat-socket';
import type { Subscription } from './subscription';

const RETRY_MS = 1_000;
const logger = new Logger('ConversationFeed');

/**
 * The followers of one conversation. What changed is read once and fanned out to all who are at the
 * same revision; news that come meanwhile are read together next. A failed read is tried again for
 * as long as somebody follows.
 */
export class ConversationFeed {
  readonly subscriptions = new Set<Subscription>();
  /** The newest revision anyone has told of. */
  private heardRevision = 0;
  private isReading = false;

  constructor(
    readonly conversationId: number,
    readonly ownerId: number,
    private readonly updates: UpdatesService,
  ) {}

  /** @param revision that the conversation has now, or had a moment ago */
  heard(revision: number): void {
    this.heardRevision = Math.max(this.heardRevision, revision);
    if (!this.isReading) void this.bringUpToDate();
  }

  /** Sends the first answer to a `subscribe`, and goes on by itself until all is sent. */
  async start(subscription: Subscription): Promise<void> {
    this.subscriptions.add(subscription);
    const changes = await this.updates.since(this.conversationId, subscription.revision);
    void this.catchUp(subscription, changes);
  }

  /** Sends to all followers but those of one user. */
  send(frame: ServerFrame, exceptUserId?: number): void {
    const bytes = encodeFrame(frame);
    for (const { socket } of this.subscriptions) {
      if (socket.caller?.id !== exceptUserId) socket.sendBytes(bytes);
    }
  }

  /** Part by part, each when the one before has left the buffer; then it is live. */
  private async catchUp(subscription: Subscription, first: Changes): Promise<void> {
    let changes = first;
    for (;;) {
      const isSent = await subscription.socket.sendAndFlush(this.frame(changes, subscription.side));
      if (!isSent || !this.subscriptions.has(subscription)) return;
      subscription.revision = changes.revision;
      if (!changes.more) break;
      const next = await this.readFor([subscription], changes.revision);
      if (!next) return;
      changes = next;
    }
    subscription.isLive = true;
    this.heard(changes.revision);
  }

  private async bringUpToDate(): Promise<void> {
    this.isReading = true;
    for (let behind = this.behind(); behind.length > 0; behind = this.behind()) {
      const after = behind[0]?.revision ?? 0;
      const group = behind.filter(({ revision }) => revision === after);
      const heard = this.heardRevision;
      const changes = await this.readFor(group, after);
      if (!changes) continue;
      // News come after the commit, so there is no more than this, whatever was told.
      if (this.heardRevision === heard && !changes.more) this.heardRevision = changes.revision;
      this.fanOut(changes, group);
    }
    this.isReading = false;
  }

  private behind(): Subscription[] {
    return [...this.subscriptions].filter(
      ({ isLive, revision }) => isLive && revision < this.heardRevision,
    );
  }

  private fanOut(changes: Changes, group: readonly Subscription[]): void {
    if (changes.more) {
      for (const reader of group) {
        reader.isLive = false;
        void this.catchUp(reader, changes);
      }
      return;
    }
    for (const side of SIDES) {
      const readers = group.filter((reader) => reader.side === side);
      if (readers.length > 0) this.sendTo(readers, this.frame(changes, side), changes.revision);
    }
  }

  private sendTo(readers: readonly Subscription[], frame: ServerFrame, revision: number): void {
    const bytes = encodeFrame(frame);
    for (const reader of readers) {
      reader.revision = revision;
      reader.socket.sendBytes(bytes);
    }
  }

  /** Null when nobody waits for it any more, or all had to be told that they must load afresh. */
  private async readFor(readers: readonly Subscription[], after: number): Promise<Changes | null> {
    while (readers.some((reader) => this.subscriptions.has(reader))) {
      try {
        return await this.updates.since(this.conversationId, after);
      } catch (error) {
        if (error instanceof ProblemError && error.status < 500) {
          this.dismiss(readers, error);
          return null;
        }
        logger.warn(`Conversation ${this.conversationId} cannot be read: ${String(error)}`);
        await delay(RETRY_MS, undefined, { ref: false });
      }
    }
    return null;
  }

  /** Gone, or its revisions are not those the clients know. */
  private dismiss(readers: readonly Subscription[], problem: ProblemError): void {
    for (const reader of readers) {
      this.subscriptions.delete(reader);
      reader.socket.refuse(problem, this.conversationId);
    }
  }

  private frame(changes: Changes, side: Subscription['side']): ServerFrame {
    const updates = toUpdates(changes, side);
    return { type: 'updates', conversation_id: this.conversationId, ...updates };
  }
}
