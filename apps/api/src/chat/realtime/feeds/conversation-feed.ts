import { Logger } from '@nestjs/common';
import type { ServerFrame } from '@support-chat/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError } from '../../../platform/http/problem.error';
import { SIDES } from '../../access/conversation-access.policy';
import { toUpdates, type Changes, type UpdatesService } from '../../updates/updates.service';
import { encodeFrame } from '../connections/chat-socket';
import type { Subscription } from './subscription';

const RETRY_MS = 500;
const RETRY_MAX_MS = 5_000;
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

  /** @param dismiss lets go of a follower that has been told that it must load afresh */
  constructor(
    readonly conversationId: number,
    readonly ownerId: number,
    private readonly updates: UpdatesService,
    private readonly dismiss: (subscription: Subscription) => void,
  ) {}

  /** @param revision that the conversation has now, or had a moment ago */
  heard(revision: number): void {
    this.heardRevision = Math.max(this.heardRevision, revision);
    if (!this.isReading) void this.bringUpToDate();
  }

  /** Answers a `subscribe` with the first part, and goes on by itself until all is sent. */
  async start(subscription: Subscription): Promise<void> {
    this.subscriptions.add(subscription);
    const changes = await this.updates.since(this.conversationId, subscription.revision);
    if (!(await this.sendPart(subscription, changes))) return;
    if (changes.more) this.catchUpInTurn(subscription);
    else this.goLive(subscription);
  }

  /** To all who have had their first answer, but those of one user. */
  send(frame: ServerFrame, exceptUserId?: number): void {
    const bytes = encodeFrame(frame);
    for (const { socket, isAnswered } of this.subscriptions) {
      if (isAnswered && socket.caller?.id !== exceptUserId) socket.sendBytes(bytes);
    }
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
      this.fanOut(
        changes,
        group.filter((reader) => this.subscriptions.has(reader)),
      );
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
      for (const reader of group) this.catchUpInTurn(reader);
      return;
    }
    for (const side of SIDES) {
      const readers = group.filter((reader) => reader.side === side);
      if (readers.length === 0) continue;
      const bytes = encodeFrame(this.frame(changes, side));
      for (const reader of readers) {
        reader.revision = changes.revision;
        reader.socket.sendBytes(bytes);
      }
    }
  }

  /** One conversation after the other for each socket, so that none is sent more than it can take. */
  private catchUpInTurn(subscription: Subscription): void {
    subscription.isLive = false;
    subscription.socket.catchUps.take(async () => this.catchUp(subscription));
  }

  /** Part by part, each when the one before has left the buffer; then it is live. */
  private async catchUp(subscription: Subscription): Promise<void> {
    for (let isMore = true; isMore;) {
      const changes = await this.readFor([subscription], subscription.revision);
      if (!changes || !(await this.sendPart(subscription, changes))) return;
      isMore = changes.more;
    }
    this.goLive(subscription);
  }

  private async sendPart(subscription: Subscription, changes: Changes): Promise<boolean> {
    if (!this.subscriptions.has(subscription)) return false;
    const sent = subscription.socket.sendAndFlush(this.frame(changes, subscription.side));
    subscription.isAnswered = true;
    subscription.revision = changes.revision;
    return (await sent) && this.subscriptions.has(subscription);
  }

  private goLive(subscription: Subscription): void {
    subscription.isLive = true;
    this.heard(subscription.revision);
  }

  /** Null when nobody waits for it any more, or all had to be told that they must load afresh. */
  private async readFor(readers: readonly Subscription[], after: number): Promise<Changes | null> {
    for (let failures = 0; readers.some((reader) => this.subscriptions.has(reader));) {
      try {
        return await this.updates.since(this.conversationId, after);
      } catch (error) {
        if (error instanceof ProblemError && error.status < 500) {
          this.refuse(readers, error);
          return null;
        }
        if (failures === 0) logger.warn(`No read of ${this.conversationId}: ${String(error)}`);
        failures += 1;
        await delay(retryAfter(failures), undefined, { ref: false });
      }
    }
    return null;
  }

  /** Gone, or its revisions are not those the clients know. */
  private refuse(readers: readonly Subscription[], problem: ProblemError): void {
    for (const reader of readers) {
      if (!this.subscriptions.has(reader)) continue;
      this.dismiss(reader);
      reader.socket.refuse(problem, this.conversationId);
    }
  }

  private frame(changes: Changes, side: Subscription['side']): ServerFrame {
    const updates = toUpdates(changes, side);
    return { type: 'updates', conversation_id: this.conversationId, ...updates };
  }
}

function retryAfter(failures: number): number {
  return Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** failures) * (0.5 + Math.random() / 2);
}
