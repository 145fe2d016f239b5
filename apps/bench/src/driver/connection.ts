import { connect, type Socket } from 'node:net';
import { AnswerParser, type Answer } from './answer-parser';

const PATIENCE_MS = 10_000;
const BUFFER_BYTES = 64 * 1024;

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

/**
 * A keep-alive connection that asks one thing at a time. Written on bare sockets, because the
 * driver shares the machine with what it measures: a client library would cost more than the answer.
 */
export class Connection {
  private readonly parser = new AnswerParser();
  private waiting: Waiting | null = null;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.setTimeout(PATIENCE_MS);
    socket.on('timeout', () => socket.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)));
    socket.on('error', (error) => {
      this.fail(error);
    });
    socket.on('close', () => {
      this.fail(new Error('connection closed'));
    });
  }

  static async open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const buffer = Buffer.allocUnsafe(BUFFER_BYTES);
      const onread = {
        buffer,
        callback: (bytes: number): boolean => {
          connection.receive(buffer.subarray(0, bytes));
          return true;
        },
      };
      const socket = connect({ host: '127.0.0.1', port, onread });
      const connection = new Connection(socket);
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(connection);
      });
    });
  }

  get isOpen(): boolean {
    return !this.socket.destroyed;
  }

  /** Sends one encoded request. The answer's body is valid only until the next request. */
  async exchange(bytes: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(bytes, 'latin1');
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private receive(piece: Buffer): void {
    let answer: Answer | null;
    try {
      answer = this.parser.push(piece);
    } catch (error) {
      this.socket.destroy(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    if (answer === null) return;
    const { waiting } = this;
    this.waiting = null;
    if (waiting) waiting.resolve(answer);
    else this.socket.destroy(new Error('an answer nobody asked for'));
  }

  private fail(error: Error): void {
    this.waiting?.reject(error);
    this.waiting = null;
    this.parser.reset();
  }
}
