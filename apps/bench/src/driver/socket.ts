import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A WebSocket to a server on this machine. What breaks it later shows as messages nobody sees. */
export class Socket {
  private constructor(private readonly socket: WebSocket) {}

  /** @param onText hears of every text frame */
  static async open(port: number, path: string, onText: (text: string) => void): Promise<Socket> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: false });
    socket.on('message', (data: Buffer) => {
      onText(data.toString());
    });
    await once(socket, 'open');
    socket.on('error', () => undefined);
    return new Socket(socket);
  }

  send(frame: object): void {
    this.socket.send(JSON.stringify(frame));
  }

  close(): void {
    this.socket.terminate();
  }
}
