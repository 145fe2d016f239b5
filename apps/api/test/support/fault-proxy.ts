import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** What the proxy does to its links. */
export type Fault = 'none' | 'refuse' | 'freeze' | 'swallow-answers' | 'refuse-upgrades';

const UPGRADE = /^upgrade: *websocket\r$/im;
const REFUSAL = 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** A TCP proxy on loopback that can fail like a network or a database does. */
export class FaultProxy {
  private fault: Fault = 'none';
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private target: { host: string; port: number },
  ) {
    server.on('connection', (client) => {
      this.link(client);
    });
  }

  /** Listens on a free port in front of `url`'s host and port. */
  static async before(url: URL): Promise<FaultProxy> {
    const server = createServer({ allowHalfOpen: false });
    const proxy = new FaultProxy(server, addressOf(url));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /**
   * `refuse` cuts every link and refuses new ones; `freeze` carries nothing either way;
   * `refuse-upgrades` cuts every link and lets requests through, but no WebSocket.
   */
  set(fault: Fault): void {
    this.fault = fault;
    if (fault.startsWith('refuse')) this.cut();
  }

  /** Open links carry nothing any more, not even their end; new ones do. */
  freezeOpenLinks(): void {
    for (const socket of this.sockets) socket.pause();
  }

  /** Where new links lead from now on. */
  retarget(url: URL): void {
    this.target = addressOf(url);
  }

  /** Ends every link without a goodbye. */
  cut(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private link(client: Socket): void {
    if (this.fault === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(this.target);
    this.carry(client, upstream, (bytes) => {
      if (this.fault === 'refuse-upgrades' && UPGRADE.test(bytes.toString('latin1'))) {
        client.end(REFUSAL);
        return false;
      }
      return this.fault !== 'freeze';
    });
    this.carry(upstream, client, () => ['none', 'refuse-upgrades'].includes(this.fault));
  }

  private carry(from: Socket, to: Socket, isLetThrough: (bytes: Buffer) => boolean): void {
    this.sockets.add(from);
    from.on('data', (bytes) => {
      if (isLetThrough(bytes) && to.writable) to.write(bytes);
    });
    // A reset is what this proxy is for; `close` follows and ends the other side.
    from.on('error', () => undefined);
    from.on('close', () => {
      this.sockets.delete(from);
      to.destroy();
    });
  }
}

function addressOf({ hostname, port }: URL): { host: string; port: number } {
  return { host: hostname, port: Number(port) };
}
