import { SOCKET_PATH, type Message, type ServerFrame } from '@support-chat/contracts';
import { Socket } from './socket';

/** A client of the chat's socket, as the apps have one. */
export class ChatSocket {
  private readonly waiting = new Map<ServerFrame['type'], () => void>();

  private constructor(
    private readonly socket: Socket,
    private readonly onMessage: (message: Message) => void,
  ) {}

  /**
   * Connects and proves whose it is.
   * @param onMessage hears of every message that changed in a conversation it follows
   */
  static async open(
    port: number,
    token: string,
    onMessage: (message: Message) => void,
  ): Promise<ChatSocket> {
    const socket = await Socket.open(port, SOCKET_PATH, (text) => {
      client.receive(JSON.parse(text) as ServerFrame);
    });
    const client = new ChatSocket(socket, onMessage);
    await client.ask({ type: 'authenticate', token }, 'ready');
    return client;
  }

  /** Resolves when it is up to date; from then on changes come by themselves. */
  async follow(conversationId: number, after: number): Promise<void> {
    await this.ask({ type: 'subscribe', conversation_id: conversationId, after }, 'updates');
  }

  close(): void {
    this.socket.close();
  }

  private async ask(frame: object, answer: ServerFrame['type']): Promise<void> {
    const answered = new Promise<void>((resolve) => this.waiting.set(answer, resolve));
    this.socket.send(frame);
    await answered;
  }

  private receive(frame: ServerFrame): void {
    if (frame.type === 'error') throw new Error(`The socket refused: ${frame.detail}`);
    if (frame.type === 'updates') frame.messages.forEach(this.onMessage);
    this.waiting.get(frame.type)?.();
    this.waiting.delete(frame.type);
  }
}
