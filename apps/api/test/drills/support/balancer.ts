import {
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Target } from './chatter';

/**
 * A load balancer as small as can be: each request goes to the next instance, on a connection of
 * its own. Where none can be made it is tried elsewhere; one that broke later is the client's to see.
 */
export class Balancer implements Target {
  /** Requests that broke after an instance had taken the connection. */
  broken = 0;
  /** Requests that no instance took. */
  refused = 0;
  private turn = 0;

  private constructor(
    private readonly server: Server,
    private readonly instances: readonly Target[],
  ) {
    server.on('request', (incoming, answer) => {
      this.turn += 1;
      this.pass(incoming, answer, this.turn, instances.length);
    });
  }

  static async before(instances: readonly Target[]): Promise<Balancer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Balancer(server, instances);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(incoming: IncomingMessage, answer: ServerResponse, n: number, left: number): void {
    if (left === 0) {
      this.refused += 1;
      answer.destroy();
      return;
    }
    const { method, headers, url = '/' } = incoming;
    const origin = this.instances[n % this.instances.length]?.origin;
    const outgoing = request(new URL(url, origin), { method, headers, agent: false });
    let isTaken = false;
    outgoing.once('socket', (socket) => {
      socket.once('connect', () => {
        isTaken = true;
        incoming.pipe(outgoing);
      });
    });
    outgoing.once('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    outgoing.once('error', () => {
      if (!isTaken) {
        this.pass(incoming, answer, n + 1, left - 1);
        return;
      }
      this.broken += 1;
      answer.destroy();
    });
  }
}
