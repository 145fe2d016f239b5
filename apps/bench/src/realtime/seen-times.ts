import { setTimeout as delay } from 'node:timers/promises';
import { Latencies } from '../driver/latencies';

const PATIENCE_MS = 15_000;

/** How long each message takes from its sender's call until its reader holds it. */
export class SeenTimes {
  private readonly sentAt = new Map<string, number>();
  private times = new Latencies();

  /** Messages seen since the last `restart`. */
  get count(): number {
    return this.times.count;
  }

  sent(messageId: string): void {
    this.sentAt.set(messageId, performance.now());
  }

  /** Others' messages, and those seen before, do not count. */
  seen(messageId: string): void {
    const at = this.sentAt.get(messageId);
    if (at === undefined) return;
    this.sentAt.delete(messageId);
    this.times.add(performance.now() - at);
  }

  /** Counts anew; what is under way will count. */
  restart(): void {
    this.times = new Latencies();
  }

  percentiles(...shares: number[]): number[] {
    return this.times.percentiles(...shares);
  }

  /** @returns how many were never seen, however long one waits */
  async untilAllSeen(): Promise<number> {
    const end = performance.now() + PATIENCE_MS;
    while (this.sentAt.size > 0 && performance.now() < end) await delay(10);
    return this.sentAt.size;
  }
}
