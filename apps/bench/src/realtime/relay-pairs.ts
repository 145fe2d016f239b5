import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { inTurns } from '../data/people';
import { Socket } from '../driver/socket';
import { CONNECTING_AT_ONCE } from './pairs';
import type { SeenTimes } from './seen-times';

/** The same pairs on the bare relay: the first of each writes to the second. */
export class RelayPairs {
  private readonly sockets: Socket[] = [];
  private isEndless = false;

  private constructor(private readonly times: SeenTimes) {}

  static async connect(port: number, count: number, times: SeenTimes): Promise<RelayPairs> {
    const pairs = new RelayPairs(times);
    const numbers = Array.from({ length: 2 * count }, (_, number) => number);
    const sockets = await inTurns(numbers, CONNECTING_AT_ONCE, async (number) =>
      pairs.join(port, number),
    );
    pairs.sockets.push(...sockets);
    return pairs;
  }

  /** Writes at a fixed rate, whatever comes of it. */
  async pace(perSecond: number, seconds: number): Promise<void> {
    const start = performance.now();
    for (let sent = 0; sent < perSecond * seconds; sent += 1) {
      const wait = start + (sent * 1000) / perSecond - performance.now();
      if (wait > 0) await delay(wait);
      this.write(sent % (this.sockets.length / 2));
    }
  }

  /** Every pair writes again as soon as the message before was seen. */
  async flood(seconds: number): Promise<void> {
    this.isEndless = true;
    for (let pair = 0; pair < this.sockets.length / 2; pair += 1) this.write(pair);
    await delay(seconds * 1000);
    this.isEndless = false;
  }

  close(): void {
    for (const socket of this.sockets) socket.close();
  }

  private async join(port: number, number: number): Promise<Socket> {
    let joined: (() => void) | null = null;
    const isJoined = new Promise<void>((resolve) => (joined = resolve));
    const socket = await Socket.open(port, '/', (text) => {
      const { id } = JSON.parse(text) as { id?: string };
      if (id === undefined) joined?.();
      else this.see(id, Math.floor(number / 2));
    });
    socket.send({ join: number });
    await isJoined;
    return socket;
  }

  private write(pair: number): void {
    const id = randomUUID();
    this.times.sent(id);
    this.sockets[2 * pair]?.send({ to: 2 * pair + 1, id, content: CONTENT });
  }

  private see(id: string, pair: number): void {
    this.times.seen(id);
    if (this.isEndless) this.write(pair);
  }
}

/** As long as the updates frame that brings one message. */
const CONTENT = 'x'.repeat(1_000);
