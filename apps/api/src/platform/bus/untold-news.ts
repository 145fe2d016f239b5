import type { ToldEnvelope } from './envelope';

/** PostgreSQL's limit for one notification is 8,000 bytes. */
const MAX_PAYLOAD_BYTES = 7_999;
const MAX_UNTOLD = 10_000;
const MAX_BATCH = 500;

/**
 * What this process has told and others have not heard yet. Kept in order until it is published;
 * what gathers while one batch is under way makes the next, so load batches itself. When too much
 * gathers it is dropped: the others see the gap in the numbers and forget all they remember.
 */
export class UntoldNews {
  private waiting: string[] = [];
  private batch: string[] = [];
  private sending: Promise<void> | null = null;
  private count = 0;

  constructor(
    private readonly from: string,
    private readonly publish: (payloads: readonly string[]) => Promise<void>,
  ) {}

  /** @throws RangeError for a fact that is too large to be carried */
  add(topic: string, news: unknown): void {
    const envelope: ToldEnvelope = { topic, news, from: this.from, number: this.count + 1 };
    const payload = JSON.stringify(envelope);
    if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES) {
      throw new RangeError(`News of ${topic} are too large to be told.`);
    }
    if (this.waiting.length >= MAX_UNTOLD) this.waiting = [];
    this.count += 1;
    this.waiting.push(payload);
  }

  /** Publishes until nothing is left or a batch fails; what failed goes first the next time. */
  async send(): Promise<void> {
    this.sending ??= this.sendAll().finally(() => (this.sending = null));
    return this.sending;
  }

  private async sendAll(): Promise<void> {
    for (;;) {
      if (this.batch.length === 0) this.batch = this.waiting.splice(0, MAX_BATCH);
      if (this.batch.length === 0) return;
      await this.publish(this.batch);
      this.batch = [];
    }
  }
}
