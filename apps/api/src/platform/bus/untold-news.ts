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
  private isLastDue = false;

  /**
   * @param addLast adds what each batch shall end with; called only after `endNext`
   */
  constructor(
    private readonly from: string,
    private readonly publish: (payloads: readonly string[]) => Promise<void>,
    private readonly addLast: () => void,
  ) {}

  /** The number of the newest fact. */
  get number(): number {
    return this.count;
  }

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

  /** The next batch ends with what `addLast` adds, however often this is asked for. */
  endNext(): void {
    this.isLastDue = true;
  }

  /** Publishes until nothing is left or a batch fails; what failed goes first the next time. */
  async send(): Promise<void> {
    if (this.batch.length + this.waiting.length === 0 && !this.isLastDue) return;
    this.sending ??= this.sendAll();
    await this.sending;
  }

  private async sendAll(): Promise<void> {
    try {
      for (;;) {
        if (this.batch.length === 0) this.batch = this.nextBatch();
        if (this.batch.length === 0) return;
        await this.publish(this.batch);
        this.batch = [];
      }
    } finally {
      // At once, not when the promise has told it: what is added in between would wait for long.
      this.sending = null;
    }
  }

  private nextBatch(): string[] {
    if (this.isLastDue && this.waiting.length < MAX_BATCH) {
      this.isLastDue = false;
      this.addLast();
    }
    return this.waiting.splice(0, MAX_BATCH);
  }
}
