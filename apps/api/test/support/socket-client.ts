import { SOCKET_PATH, type ClientFrame, type ServerFrame } from '@support-chat/contracts';
import { once } from 'node:events';
import { WebSocket, type ClientOptions } from 'ws';

type FrameOf<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;

export interface SocketClose {
  code: number;
  reason: string;
}

/**
 * A client of the chat's socket. Keeps every frame in order of arrival; `next` hands each out once
 * and fails when the socket closes, or nothing comes in time.
 */
export class SocketClient {
  /** All frames that came, in order. */
  readonly collected: ServerFrame[] = [];
  /** Resolves when the socket is closed, by whomever. */
  readonly closed: Promise<SocketClose>;
  /** For each type, how many of `collected` have been looked through for it. */
  private readonly looked = new Map<string, number>();
  private readonly wakers = new Set<() => void>();
  private readonly handlers: (() => void)[] = [];
  private ending: SocketClose | undefined;

  private constructor(private readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        this.ending = { code, reason: reason.toString() };
        resolve(this.ending);
        this.wake();
      });
    });
    socket.on('message', (data: Buffer) => {
      this.collected.push(JSON.parse(data.toString()) as ServerFrame);
      this.wake();
    });
  }

  /**
   * Opens a socket; with a token it also authenticates and waits for `ready`.
   * @param origin of the API, `http://host:port`, or the whole address of the socket
   * @throws when the upgrade is refused (`Unexpected server response: 404`)
   */
  static async connect(
    origin: string,
    token?: string,
    options: ClientOptions = {},
  ): Promise<SocketClient> {
    const url = new URL(origin);
    if (url.pathname === '/') url.pathname = SOCKET_PATH;
    url.protocol = 'ws:';
    const socket = new WebSocket(url, { perMessageDeflate: false, ...options });
    const client = new SocketClient(socket);
    await once(socket, 'open');
    // A link that is cut errs before it closes; `closed` tells of it.
    socket.on('error', () => undefined);
    if (token !== undefined) {
      client.send({ type: 'authenticate', token });
      await client.next('ready');
    }
    return client;
  }

  get isOpen(): boolean {
    return this.ending === undefined;
  }

  send(frame: ClientFrame): void {
    this.sendRaw(JSON.stringify(frame));
  }

  /** Whatever a client should not send: text goes as a text frame, bytes as a binary one. */
  sendRaw(data: string | Buffer): void {
    this.socket.send(data);
  }

  /** A text frame whose bytes are no UTF-8. */
  sendBadText(): void {
    this.socket.send(Buffer.from([0xc3, 0x28]), { binary: false });
  }

  /** One message in so many fragments. */
  sendInPieces(text: string, pieces: number): void {
    const size = Math.ceil(text.length / pieces);
    for (let n = 0; n < pieces; n += 1) {
      this.socket.send(text.slice(n * size, (n + 1) * size), { fin: n === pieces - 1 });
    }
  }

  /** The first frame of this type that `next` has not handed out yet. */
  async next<T extends ServerFrame['type']>(type: T, patienceMs = 5_000): Promise<FrameOf<T>> {
    const end = Date.now() + patienceMs;
    for (;;) {
      const frame = this.take(type);
      if (frame !== undefined) return frame;
      if (this.ending) throw new Error(`Closed with ${this.ending.code} before ${type} came.`);
      if (Date.now() >= end) throw new Error(`No ${type} in ${patienceMs} ms.`);
      await this.change(end - Date.now());
    }
  }

  /** Calls `handle` for each frame of this type, those that came before too. */
  onEach<T extends ServerFrame['type']>(type: T, handle: (frame: FrameOf<T>) => void): void {
    const drain = (): void => {
      for (let frame = this.take(type); frame !== undefined; frame = this.take(type)) handle(frame);
    };
    this.handlers.push(drain);
    drain();
  }

  /** Stops reading: what the server sends fills the buffers between. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  async close(): Promise<SocketClose> {
    this.socket.close();
    return this.closed;
  }

  /** Cuts the link without a goodbye. */
  terminate(): void {
    this.socket.terminate();
  }

  private take<T extends ServerFrame['type']>(type: T): FrameOf<T> | undefined {
    for (let n = this.looked.get(type) ?? 0; n < this.collected.length; n += 1) {
      this.looked.set(type, n + 1);
      const frame = this.collected[n];
      if (frame?.type === type) return frame as FrameOf<T>;
    }
    return undefined;
  }

  /** The next frame or the close, for at most so long. */
  private async change(patienceMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.wakers.delete(done);
        resolve();
      };
      const timer = setTimeout(done, patienceMs);
      this.wakers.add(done);
    });
  }

  private wake(): void {
    for (const handler of this.handlers) handler();
    for (const waker of [...this.wakers]) waker();
  }
}
