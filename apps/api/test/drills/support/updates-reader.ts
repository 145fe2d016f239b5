import { API_ROUTES, type Message, type Updates } from '@support-chat/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import type { Chatter } from './chatter';

/** Asks for what changed after what it has, again and again, as the apps do; errors are asked again. */
export class UpdatesReader {
  /** Every message in the order in which it first came. */
  readonly seen: Message[] = [];
  private readonly known = new Set<number>();
  private after = 0;
  private isStopping = false;
  private isAbandoned = false;
  private readonly running: Promise<void>;

  constructor(
    private readonly reader: Chatter,
    private readonly conversationId: number,
  ) {
    this.running = this.read();
  }

  /** Reads once more to the end, then stops. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.running;
  }

  abandon(): void {
    this.isAbandoned = true;
  }

  private async read(): Promise<void> {
    while (!this.isAbandoned) {
      const isLast = this.isStopping;
      const isEnd = await this.ask();
      if (isEnd && isLast) return;
      if (isEnd) await delay(10);
    }
  }

  /** @returns whether nothing more is known to be there */
  private async ask(): Promise<boolean> {
    const path = `${API_ROUTES.updates(this.conversationId)}?after=${this.after}`;
    const reply = await this.reader.get<Updates>(path).catch(() => null);
    if (reply?.status === 204) return true;
    if (reply?.status !== 200) {
      await delay(50);
      return false;
    }
    for (const message of reply.body.messages) {
      if (!this.known.has(message.seq)) this.seen.push(message);
      this.known.add(message.seq);
    }
    this.after = reply.body.revision;
    return false;
  }
}
