import { signal } from '@angular/core';
import { LIMITS, MESSAGE_STATUSES, type Message } from '@support-chat/contracts';

/** What one person saw and holds in this tab, and how much of it the server knows. */
export class ReceiptBook {
  private readonly newestSeen = signal<Message | null>(null);
  private readonly toRead = new Set<number>();
  private readonly told = new Set<number>();
  private atOnce: number = LIMITS.markReadIdsMax;
  private newest: Message | null = null;
  /** The `seq` told as delivered, by conversation. */
  private readonly delivered = new Map<number, number>();

  readonly lastSeen = this.newestSeen.asReadonly();

  see(newest: Message, unread: readonly Message[]): void {
    for (const { id } of unread) if (!this.told.has(id)) this.toRead.add(id);
    this.newestSeen.set(newest);
  }

  hasSeen(messageId: number): boolean {
    return this.told.has(messageId) || this.toRead.has(messageId);
  }

  hasToRead(): boolean {
    return this.toRead.size > 0;
  }

  nextToRead(): number[] {
    return [...this.toRead].slice(0, this.atOnce);
  }

  settleRead(ids: readonly number[]): void {
    this.strike(ids);
    this.atOnce = LIMITS.markReadIdsMax;
  }

  /** The server marks all or nothing: one that it refuses is found by halves, and left out alone. */
  refuseRead(ids: readonly number[]): void {
    if (ids.length > 1) this.atOnce = Math.ceil(ids.length / 2);
    else this.strike(ids);
  }

  /** @returns whether the newest of them that is not read is another than before */
  hold(messages: readonly Message[]): boolean {
    const newest = messages.findLast(
      ({ status, id }) => status === MESSAGE_STATUSES.sent && !this.told.has(id),
    );
    const isNews = newest !== undefined && newest.id !== this.newest?.id;
    this.newest = newest ?? null;
    return isNews;
  }

  /** The newest message held of which the server does not know that it arrived. */
  toDeliver(): Message | null {
    const { newest } = this;
    if (!newest || this.told.has(newest.id)) return null;
    return newest.seq > (this.delivered.get(newest.conversation_id) ?? 0) ? newest : null;
  }

  settleDelivered({ conversation_id: id, seq }: Message): void {
    this.delivered.set(id, seq);
  }

  private strike(ids: readonly number[]): void {
    for (const id of ids) {
      this.toRead.delete(id);
      this.told.add(id);
    }
  }
}
