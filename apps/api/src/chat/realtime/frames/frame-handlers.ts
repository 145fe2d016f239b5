import { Injectable, Logger } from '@nestjs/common';
import { SOCKET_CLOSES, SOCKET_LIMITS, type ClientFrame } from '@support-chat/contracts';
import { Settings } from '../../../platform/config/settings';
import { ProblemError } from '../../../platform/http/problem.error';
import { toProblem } from '../../../platform/http/to-problem';
import type { ChatSocket } from '../connections/chat-socket';
import { FrameActions } from './frame-actions';
import { FrameReader } from './frame-reader';

/** On top of the frame itself: a read of up to a whole body. */
const SUBSCRIBE_PRICE = 3;

/**
 * Answers what clients send, each frame in its turn. One that is not understood gets an `error`,
 * the third in a row ends the socket; so does sending too fast, and failing to prove an identity.
 */
@Injectable()
export class FrameHandlers {
  private readonly logger = new Logger(FrameHandlers.name);

  constructor(
    private readonly settings: Settings,
    private readonly reader: FrameReader,
    private readonly actions: FrameActions,
  ) {}

  receive(socket: ChatSocket, bytes: Buffer, isBinary: boolean): void {
    if (isBinary) {
      socket.end(SOCKET_CLOSES.notAllowed);
    } else if (this.allows(socket)) {
      socket.answerInTurn(bytes, async () => this.answer(socket, bytes));
    }
  }

  /** Whether the client has not sent too much yet; otherwise that was its last frame. */
  allows(socket: ChatSocket, price = 1): boolean {
    if (!this.settings.rateLimits) return true;
    if (socket.allowance.take(performance.now(), price)) return true;
    socket.end(SOCKET_CLOSES.tooFast);
    return false;
  }

  private async answer(socket: ChatSocket, bytes: Buffer): Promise<void> {
    if (!socket.isOpen) return;
    let frame: ClientFrame | undefined;
    try {
      frame = await this.reader.read(bytes);
      socket.badFrames = 0;
      if (frame.type === 'subscribe' && !this.allows(socket, SUBSCRIBE_PRICE)) return;
      await this.actions.run(socket, frame);
    } catch (error) {
      this.refuse(socket, toProblem(error), frame);
    }
  }

  private refuse(socket: ChatSocket, problem: ProblemError, frame?: ClientFrame): void {
    if (problem.code === 'internal_error') this.log(socket, problem, frame);
    const about = frame && 'conversation_id' in frame ? frame.conversation_id : undefined;
    socket.refuse(problem, about);
    if (problem.status === 401) socket.end(SOCKET_CLOSES.identityLost);
    if (problem.status !== 400) return;
    socket.badFrames += 1;
    if (socket.badFrames >= SOCKET_LIMITS.badFramesInARow) socket.end(SOCKET_CLOSES.notAllowed);
  }

  private log({ caller }: ChatSocket, { cause }: ProblemError, frame?: ClientFrame): void {
    const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    this.logger.error(`frame=${frame?.type ?? 'unread'} user=${caller?.id ?? 'none'} ${text}`);
  }
}
