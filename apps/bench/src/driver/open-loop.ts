import type { Load, LoadResult } from './closed-loop';
import { Connection } from './connection';
import { Failures } from './failures';
import { Latencies } from './latencies';
import type { Request } from './request';

type OpenLoad = Load & { perSecond: number };

interface Due {
  request: Request;
  /** When it ought to have been sent: waiting for a free connection counts as latency. */
  at: number;
}

/** Sends at a fixed rate, whatever the answers do, as people with timers would. */
export async function openLoop(load: OpenLoad): Promise<LoadResult> {
  const opened = Array.from({ length: load.connections }, async () => Connection.open(load.port));
  const run = new OpenLoop(load, await Promise.all(opened));
  return run.run();
}

class OpenLoop {
  private readonly latencies = new Latencies();
  private readonly failures = new Failures();
  private readonly queue: Due[] = [];
  private measureFrom = Infinity;
  private underWay = 0;

  constructor(
    private readonly load: OpenLoad,
    private readonly idle: Connection[],
  ) {}

  async run(): Promise<LoadResult> {
    const { warmUpSeconds, seconds, perSecond, onWindow } = this.load;
    const start = performance.now();
    this.measureFrom = start + warmUpSeconds * 1000;
    const end = this.measureFrom + seconds * 1000;
    let sent = 0;
    let isCounting = false;
    for (let now = start; now < end; now = await nextTick()) {
      if (!isCounting && now >= this.measureFrom) {
        isCounting = true;
        onWindow('start');
      }
      for (; start + (sent * 1000) / perSecond <= now; sent += 1) {
        this.queue.push({ request: this.load.next(), at: start + (sent * 1000) / perSecond });
      }
      this.dispatch();
    }
    onWindow('end');
    await this.drain();
    return { seconds, latencies: this.latencies, failures: this.failures };
  }

  private dispatch(): void {
    while (this.queue.length > 0) {
      const connection = this.idle.shift();
      if (!connection) return;
      const due = this.queue.shift();
      if (due) void this.ask(connection, due);
    }
  }

  private async ask(connection: Connection, { request, at }: Due): Promise<void> {
    this.underWay += 1;
    try {
      const answer = await connection.exchange(request.bytes);
      if (at >= this.measureFrom) this.latencies.add(performance.now() - at);
      this.failures.check(request, answer);
      this.idle.push(connection);
    } catch (error) {
      this.failures.add(error instanceof Error ? error.message : String(error), request.bytes);
      connection.close();
    } finally {
      this.underWay -= 1;
      this.dispatch();
    }
  }

  /** What is still under way belongs to the round; what cannot even be sent is a failure. */
  private async drain(): Promise<void> {
    while (this.underWay > 0) await nextTick();
    for (const { request } of this.queue) this.failures.add('never sent', request.bytes);
    for (const connection of this.idle) connection.close();
  }
}

/** Timers count in whole milliseconds, so at high rates several requests share a tick. */
async function nextTick(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  return performance.now();
}
