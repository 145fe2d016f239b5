import { API_ROUTES, type Message, type Updates } from '@support-chat/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { SocketClient } from '../../support/socket-client';
import { call } from './call';
import type { Target } from './chatter';

export interface Following {
  target: Target;
  conversationId: number;
  /** Asked for at each connection and call, so that it may be renewed meanwhile. */
  token: () => string;
  /** Between attempts a random time of at most the first, doubled with each failure up to the most. */
  pauses?: { firstMs: number; mostMs: number };
}

/** Short, so that a drill sees many connections. */
const PAUSES = { firstMs: 500, mostMs: 8_000 };

/**
 * Follows a conversation as the apps do: by socket while there is one, by polls while there is none,
 * from the revision it has. All that comes is folded into one list by the rule of the contract.
 */
export class LiveReader {
  /** Every message in the order in which it first came. */
  readonly seen: Message[] = [];
  /** When the sockets were up, in milliseconds. */
  readonly connectedAt: number[] = [];
  /** What came where a socket was wanted, and when. */
  readonly refusals: { at: number; what: string }[] = [];
  /** Code of each close that was not ours. */
  readonly closes: number[] = [];
  /** When they came, in milliseconds. */
  readonly closedAt: number[] = [];
  /** Frames that said nothing new to a socket that had them. */
  repeats = 0;
  polls = 0;
  private readonly known = new Set<number>();
  private revision = 0;
  private socket: SocketClient | undefined;
  private isStopping = false;

  constructor(private readonly following: Following) {
    void this.follow();
  }

  get isLive(): boolean {
    return this.socket?.isOpen === true;
  }

  /** The current socket, for what only a test would do to it. */
  get current(): SocketClient | undefined {
    return this.socket;
  }

  /** Cuts the socket without a goodbye. */
  cut(): void {
    this.socket?.terminate();
  }

  /** A new proof of identity on the open socket. */
  renew(): void {
    if (this.isLive) this.socket?.send({ type: 'authenticate', token: this.following.token() });
  }

  abandon(): void {
    this.isStopping = true;
    this.cut();
  }

  private async follow(): Promise<void> {
    for (let failures = 0; !this.isStopping;) {
      if (await this.connect()) {
        failures = 0;
        await this.readSocket();
      } else {
        failures += 1;
        await this.poll();
      }
      const { firstMs, mostMs } = this.following.pauses ?? PAUSES;
      await delay(Math.random() * Math.min(mostMs, firstMs * 2 ** failures));
    }
  }

  private async connect(): Promise<boolean> {
    const { target, token, conversationId } = this.following;
    try {
      this.socket = await SocketClient.connect(target.origin, token());
      this.connectedAt.push(Date.now());
      this.socket.send({
        type: 'subscribe',
        conversation_id: conversationId,
        after: this.revision,
      });
      return true;
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      this.refusals.push({ at: Date.now(), what });
      return false;
    }
  }

  private async readSocket(): Promise<void> {
    const { socket } = this;
    if (!socket) return;
    let heard = 0;
    socket.onEach('updates', (frame) => {
      if (heard > 0 && frame.revision <= heard) this.repeats += 1;
      heard = frame.revision;
      this.fold(frame);
    });
    const { code } = await socket.closed;
    if (this.isStopping) return;
    this.closes.push(code);
    this.closedAt.push(Date.now());
  }

  private async poll(): Promise<void> {
    const { target, token, conversationId } = this.following;
    const path = `${API_ROUTES.updates(conversationId)}?after=${this.revision}`;
    const reply = await call<Updates>(target.origin, path, { token: token() }).catch(() => null);
    this.polls += 1;
    if (reply?.status === 200) this.fold(reply.body);
  }

  /** A body from beyond what is held would leave a hole: then the next question asks for it. */
  private fold({ from, messages, revision }: Updates): void {
    if (from > this.revision) return;
    for (const message of messages) {
      if (!this.known.has(message.seq)) this.seen.push(message);
      this.known.add(message.seq);
    }
    this.revision = Math.max(this.revision, revision);
  }
}
