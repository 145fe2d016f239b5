import { once } from 'node:events';
import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
  request,
} from 'node:http';
import { type AddressInfo, type Socket, connect } from 'node:net';
import type { Duplex } from 'node:stream';

const HOST = '127.0.0.1';

/** A proxy between browser and system, as schools have them: it may let no socket through. */
export class LineProxy {
  /** Answers upgrades as a proxy does that knows nothing of them. */
  refusesUpgrades = false;
  /** How often somebody tried to open a socket. */
  upgrades = 0;
  private readonly links = new Set<Duplex>();

  private constructor(
    private readonly server: Server,
    private readonly target: () => URL,
  ) {
    server.on('request', (incoming, answer) => {
      this.forward(incoming, answer);
    });
    server.on('upgrade', (incoming, socket, head) => {
      this.upgrade(incoming, socket, head);
    });
  }

  /** @param target of all that goes through, asked for each time: a restart may change it */
  static async open(target: () => string): Promise<LineProxy> {
    const server = createServer();
    const proxy = new LineProxy(server, () => new URL(target()));
    server.listen(0, HOST);
    await once(server, 'listening');
    return proxy;
  }

  get origin(): string {
    return `http://${HOST}:${(this.server.address() as AddressInfo).port}`;
  }

  /** How many sockets are open through it. */
  get openSockets(): number {
    return this.links.size;
  }

  /** All sockets break, without a word from either side. */
  cutSockets(): void {
    for (const link of this.links) link.destroy();
  }

  async close(): Promise<void> {
    this.cutSockets();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private forward(incoming: IncomingMessage, answer: ServerResponse): void {
    const { method, url: path, headers } = incoming;
    const { hostname, port } = this.target();
    const onward = request({ hostname, port, method, path, headers }, (received) => {
      answer.writeHead(received.statusCode ?? 502, received.headers);
      received.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  }

  private upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.upgrades += 1;
    if (this.refusesUpgrades) {
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    const { hostname, port } = this.target();
    const onward = connect(Number(port), hostname);
    const fields = incoming.rawHeaders.flatMap((name, index, all) =>
      index % 2 === 0 ? [`${name}: ${all[index + 1] ?? ''}\r\n`] : [],
    );
    onward.write(`${incoming.method ?? 'GET'} ${incoming.url ?? '/'} HTTP/1.1\r\n`);
    onward.write(`${fields.join('')}\r\n`);
    onward.write(head);
    this.join(socket, onward);
  }

  private join(socket: Duplex, onward: Socket): void {
    this.links.add(socket);
    const part = () => {
      this.links.delete(socket);
      socket.destroy();
      onward.destroy();
    };
    for (const end of [socket, onward]) end.on('error', part).on('close', part);
    socket.pipe(onward).pipe(socket);
  }
}
