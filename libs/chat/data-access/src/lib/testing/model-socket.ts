import type { ClientFrame } from '@support-chat/contracts';
import { FakeWebSocket } from './fake-web-socket';
import type { ModelServer } from './model-server';

/** The server's side of the sockets, as the contract's section 5 tells of it, with one conversation. */
export class ModelSocket {
  /** A proxy that lets no upgrade through. */
  refuses = false;
  private readonly met = new Set<FakeWebSocket>();
  /** What each subscribed socket has, as a revision. */
  private readonly told = new Map<FakeWebSocket, number>();
  /** Cut in a way that nobody is told of. */
  private readonly dead = new Set<FakeWebSocket>();

  constructor(private readonly model: ModelServer) {}

  /** Answers sockets that were opened, and tells all what is new. */
  run(): void {
    for (const socket of FakeWebSocket.opened) if (!this.met.has(socket)) this.meet(socket);
    for (const [socket, after] of this.told) this.tell(socket, after);
  }

  cut(code?: number): void {
    for (const socket of this.met) socket.end(code);
    this.told.clear();
  }

  /** The lines go dead: nothing comes through, and nobody closes. */
  hang(): void {
    for (const socket of this.met) this.dead.add(socket);
    this.told.clear();
  }

  beat(): void {
    for (const socket of this.met) if (!this.dead.has(socket)) socket.say({ type: 'heartbeat' });
  }

  private meet(socket: FakeWebSocket): void {
    this.met.add(socket);
    if (this.refuses) {
      socket.end();
      return;
    }
    socket.onSent = (frame) => {
      if (!this.dead.has(socket)) this.answer(socket, frame);
    };
    socket.welcome();
  }

  private answer(socket: FakeWebSocket, frame: ClientFrame): void {
    if (frame.type === 'unsubscribe') this.told.delete(socket);
    if (frame.type !== 'subscribe') return;
    this.tell(socket, frame.after, true);
  }

  private tell(socket: FakeWebSocket, after: number, evenNothing = false): void {
    const news = this.model.updates(after);
    const conversation = this.model.conversation();
    const empty = { conversation, messages: [], from: after };
    if (news || evenNothing) {
      const body = news ?? { ...empty, revision: after, more: false };
      socket.say({ type: 'updates', conversation_id: conversation.id, ...body });
    }
    this.told.set(socket, news?.revision ?? after);
  }
}
