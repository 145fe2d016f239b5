import { Connection } from './connection';
import { Failures } from './failures';
import { Latencies } from './latencies';
import type { Request } from './request';

export interface Load {
  port: number;
  connections: number;
  /** Seconds before the clock starts; failures count here too. */
  warmUpSeconds: number;
  seconds: number;
  next: () => Request;
  /** Called as the clock starts and as it stops. */
  onWindow: (edge: 'start' | 'end') => void;
}

export interface LoadResult {
  seconds: number;
  latencies: Latencies;
  failures: Failures;
}

/** Keeps every connection busy: each asks again as soon as it has its answer. */
export async function closedLoop(load: Load): Promise<LoadResult> {
  const run = new ClosedLoop(load);
  return run.run();
}

class ClosedLoop {
  private readonly latencies = new Latencies();
  private readonly failures = new Failures();
  private isMeasuring = false;
  private isOver = false;

  constructor(private readonly load: Load) {}

  async run(): Promise<LoadResult> {
    const { warmUpSeconds, seconds, connections, onWindow } = this.load;
    const workers = Array.from({ length: connections }, async () => this.work());
    await pause(warmUpSeconds);
    onWindow('start');
    const start = performance.now();
    this.isMeasuring = true;
    await pause(seconds);
    this.isMeasuring = false;
    const elapsed = (performance.now() - start) / 1000;
    onWindow('end');
    this.isOver = true;
    await Promise.all(workers);
    return { seconds: elapsed, latencies: this.latencies, failures: this.failures };
  }

  private async work(): Promise<void> {
    let connection: Connection | null = null;
    while (!this.isOver) {
      const request = this.load.next();
      try {
        connection ??= await Connection.open(this.load.port);
        await this.ask(connection, request);
      } catch (error) {
        this.failures.add(error instanceof Error ? error.message : String(error), request.bytes);
        connection?.close();
        connection = null;
      }
    }
    connection?.close();
  }

  private async ask(connection: Connection, request: Request): Promise<void> {
    const start = performance.now();
    const answer = await connection.exchange(request.bytes);
    if (this.isMeasuring) this.latencies.add(performance.now() - start);
    this.failures.check(request, answer);
    request.onBody?.(answer.body.toString(), answer.status);
  }
}

async function pause(seconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
