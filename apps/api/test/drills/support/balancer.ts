import {
  Agent,
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually';
import type { Target } from './chatter';

const PROBE_EVERY_MS = 200;

/**
 * A load balancer as small as can be: asks the instances whether they are ready, and passes each
 * request to the next that is, on connections that it keeps. Nothing is tried twice: what breaks is
 * counted, and the client's to see.
 */
export class Balancer implements Target {
  broken = 0;
  private readonly agent = new Agent({ keepAlive: true });
  private turn = 0;
  private readonly ready = new Set<Target>();
  private isClosed = false;

  private constructor(
    private readonly server: Server,
    private readonly instances: readonly Target[],
  ) {
    server.on('request', (incoming, answer) => {
      this.pass(incoming, answer);
    });
    for (const instance of instances) void this.probe(instance);
  }

  static async before(instances: readonly Target[]): Promise<Balancer> {
    const server = createServer({ keepAliveTimeout: 60_000 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const balancer = new Balancer(server, instances);
    await balancer.seesAll();
    return balancer;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Waits until every instance gets requests. */
  async seesAll(): Promise<void> {
    await eventually(() => {
      if (this.ready.size < this.instances.length) throw new Error('Not all are ready.');
    }, 20_000);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.agent.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Each by itself: one that is slow to answer must not hide that another is stopping. */
  private async probe(instance: Target): Promise<void> {
    while (!this.isClosed) {
      if (await isReady(instance)) this.ready.add(instance);
      else this.ready.delete(instance);
      await delay(PROBE_EVERY_MS);
    }
  }

  private pass(incoming: IncomingMessage, answer: ServerResponse): void {
    this.turn += 1;
    const { agent } = this;
    const { method, headers, url = '/' } = incoming;
    const ready = [...this.ready];
    const origin = ready[this.turn % ready.length]?.origin ?? 'http://127.0.0.1:1';
    const outgoing = request(new URL(url, origin), { method, headers, agent });
    outgoing.once('response', (response) => {
      // That of the instance's connection says nothing of the client's.
      const { connection: _, 'keep-alive': __, ...passed } = response.headers;
      answer.writeHead(response.statusCode ?? 502, passed);
      response.pipe(answer);
    });
    outgoing.once('error', () => {
      this.broken += 1;
      answer.destroy();
    });
    incoming.pipe(outgoing);
  }
}

async function isReady({ origin }: Target): Promise<boolean> {
  const options = { signal: AbortSignal.timeout(2_000) };
  return fetch(`${origin}/health/ready`, options).then(
    ({ ok }) => ok,
    () => false,
  );
}
