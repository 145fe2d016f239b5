import type { Message } from '@support-chat/contracts';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually';
import { codeOf } from './call';
import type { Chatter } from './chatter';

/** Who writes, and where. */
export interface Writer {
  by: Chatter;
  conversationId: number;
}

/**
 * People who write without a pause, each body unique. A send whose outcome is not known is repeated
 * with the same id until it is: at the end what is stored must be exactly what was acknowledged.
 */
export class SendingLoad {
  readonly acknowledged: Message[] = [];
  /** Answers that left the outcome open: 5xx, or none at all. */
  readonly unknown = new Map<string, number>();
  /** Acknowledged as stored by an earlier try. */
  replays = 0;
  private isStopping = false;
  private isAbandoned = false;
  private readonly running: Promise<unknown>;

  constructor(writers: readonly Writer[]) {
    this.running = Promise.all(writers.map(async (writer, n) => this.write(writer, n)));
    // Told by `stop`; until somebody waits there, it must not end the process.
    this.running.catch(() => undefined);
  }

  get unknowns(): number {
    return [...this.unknown.values()].reduce((sum, n) => sum + n, 0);
  }

  /**
   * Waits until at least so many are acknowledged.
   * @throws at once when a writer gave up, otherwise after two minutes, with what was answered
   */
  async reaches(count: number): Promise<void> {
    const reached = eventually(() => {
      if (this.acknowledged.length < count) {
        const answers = JSON.stringify(Object.fromEntries(this.unknown));
        throw new Error(`Only ${this.acknowledged.length} of ${count}; other answers: ${answers}`);
      }
    }, 120_000);
    await Promise.race([reached, this.running.then(async () => reached)]);
  }

  /** Lets every send come to its end. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.running;
  }

  /** Stops without waiting for any outcome. */
  abandon(): void {
    this.isStopping = true;
    this.isAbandoned = true;
  }

  private async write(writer: Writer, n: number): Promise<void> {
    for (let count = 1; !this.isStopping; count += 1) {
      this.acknowledged.push(await this.sendUntilKnown(writer, `${n}-${count}-${randomUUID()}`));
    }
  }

  private async sendUntilKnown({ by, conversationId }: Writer, content: string): Promise<Message> {
    const id = randomUUID();
    while (!this.isAbandoned) {
      const reply = await by.send(conversationId, content, id).catch((error: unknown) => error);
      if (!isReply(reply)) this.note(failureOf(reply));
      else if (reply.status === 201) return reply.body;
      else if (reply.status === 200) {
        this.replays += 1;
        return reply.body;
      } else if (reply.status >= 500) this.note(`${reply.status} ${codeOf(reply.body)}`);
      else throw new Error(`A send was answered ${reply.status}.`);
      await delay(20 + Math.random() * 80);
    }
    throw new Error('Abandoned.');
  }

  private note(what: string): void {
    this.unknown.set(what, (this.unknown.get(what) ?? 0) + 1);
  }
}

function isReply(value: unknown): value is { status: number; body: Message } {
  return typeof value === 'object' && value !== null && 'status' in value;
}

/** `fetch` hides the network's own word in its cause. */
function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return typeof cause === 'object' && cause !== null && 'code' in cause
    ? String(cause.code)
    : error.message;
}
