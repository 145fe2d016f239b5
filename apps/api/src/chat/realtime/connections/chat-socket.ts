import {
  SOCKET_CLOSES,
  SOCKET_LIMITS,
  type ErrorFrame,
  type ServerFrame,
} from '@support-chat/contracts';
import type { WebSocket } from 'ws';
import type { Caller } from '../../../auth';
import type { ProblemError } from '../../../platform/http/problem.error';
import { FrameAllowance } from './frame-allowance';
import { Turns } from './turns';

const DESTROY_AFTER_MS = 1_000;

export type CloseCode = (typeof SOCKET_CLOSES)[keyof typeof SOCKET_CLOSES];

/**
 * One client's WebSocket and what is known of it. Never holds more unsent, nor more unanswered, than
 * the contract allows: a client that falls behind is cut off, and catches up later by `after`.
 */
export class ChatSocket {
  caller: Caller | null = null;
  /** When the identity ends, in milliseconds. */
  identityEndsAt = 0;
  badFrames = 0;
  /** Whether it has answered the last ping, or sent anything since. */
  isAlive = true;
  /** In milliseconds. */
  nextBeatAt: number;
  /** What the client may still send. */
  readonly allowance: FrameAllowance;
  readonly catchUps = new Turns();
  private readonly answers = new Turns();
  private unsentFrames = 0;
  private isEnding = false;
  private readonly countSent = (): void => {
    this.unsentFrames -= 1;
  };

  constructor(
    private readonly ws: WebSocket,
    /** What counts as one address for the limit. */
    readonly address: string,
    readonly openedAt: number,
  ) {
    // Spread, so that those who came together are not all beaten to together.
    this.nextBeatAt = openedAt + Math.random() * SOCKET_LIMITS.heartbeatSeconds * 1_000;
    this.allowance = new FrameAllowance(performance.now());
  }

  get isOpen(): boolean {
    return !this.isEnding && this.ws.readyState === this.ws.OPEN;
  }

  send(frame: ServerFrame): void {
    this.sendBytes(encodeFrame(frame));
  }

  /** A frame made once for many sockets. */
  sendBytes(bytes: Buffer): void {
    this.push(bytes, this.countSent);
  }

  /** Resolves once the frame has left for the network; false when the socket ended before. */
  async sendAndFlush(frame: ServerFrame): Promise<boolean> {
    return new Promise((resolve) => {
      const isPushed = this.push(encodeFrame(frame), (error) => {
        this.countSent();
        resolve(!error);
      });
      if (!isPushed) resolve(false);
    });
  }

  refuse({ code, detail }: ProblemError, conversationId?: number): void {
    const about = conversationId === undefined ? {} : { conversation_id: conversationId };
    const frame: ErrorFrame = { type: 'error', code, detail, ...about };
    this.send(frame);
  }

  /**
   * Answers one of its frames after those before. They wait while it does not read its answers, and
   * could be many.
   */
  answerInTurn(frame: Buffer, answer: () => Promise<void>): void {
    if (!this.isOpen) return;
    if (this.isOverrun(frame.length)) this.end(SOCKET_CLOSES.tryLater);
    else this.answers.take(answer, frame.length);
  }

  ping(): void {
    this.isAlive = false;
    if (this.isOpen) this.ws.ping();
  }

  /** Says why and closes; a peer that does not answer, or reads nothing, is destroyed soon after. */
  end(code: CloseCode): void {
    if (this.isEnding) return;
    this.isEnding = true;
    this.ws.close(code);
    setTimeout(() => {
      this.ws.terminate();
    }, DESTROY_AFTER_MS).unref();
  }

  /** For a peer that is gone: no farewell. */
  destroy(): void {
    this.isEnding = true;
    this.ws.terminate();
  }

  private push(bytes: Buffer, done: (error?: Error) => void): boolean {
    if (!this.isOpen) return false;
    if (this.isBehind(bytes.length)) {
      this.end(SOCKET_CLOSES.tryLater);
      return false;
    }
    this.unsentFrames += 1;
    this.ws.send(bytes, { binary: false }, done);
    return true;
  }

  private isOverrun(bytes: number): boolean {
    const { length, size } = this.answers;
    return length >= SOCKET_LIMITS.backlogFrames || size + bytes > SOCKET_LIMITS.backlogBytes;
  }

  private isBehind(bytes: number): boolean {
    if (this.unsentFrames >= SOCKET_LIMITS.backlogFrames) return true;
    const unsent = this.ws.bufferedAmount;
    return unsent > 0 && unsent + bytes > SOCKET_LIMITS.backlogBytes;
  }
}

export function encodeFrame(frame: ServerFrame): Buffer {
  return Buffer.from(JSON.stringify(frame));
}
