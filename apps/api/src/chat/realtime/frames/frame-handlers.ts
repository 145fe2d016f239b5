import { Injectable, Logger } from '@nestjs/common';
import { SOCKET_CLOSES, SOCKET_LIMITS } from '@support-chat/contracts';
import { Settings } from '../../../platform/config/settings';
import { ProblemError } from '../../../platform/http/problem.error';
import { toProblem } from '../../../platform/http/to-problem';
import type { ChatSocket } from '../connections/chat-socket';
import { FrameActions } from './frame-actions';
import { FrameReader } from './frame-reader';

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
    if (isBinary) socket.end(SOCKET_CLOSES.notAllowed);
    else if (this.settings.rateLimits && !socket.frames.take(Date.now())) {
      socket.end(SOCKET_CLOSES.tooFast);
    } else {
      socket.inTurn(async () => this.answer(socket, bytes));
    }
  }

  private async answer(socket: ChatSocket, bytes: Buffer): Promise<void> {
    if (!socket.isOpen) return;
    let conversationId: number | undefined;
    try {
      const frame = await this.reader.read(bytes);
      socket.badFrames = 0;
      if ('conversation_id' in frame) conversationId = frame.conversation_id;
      await this.actions.run(socket, frame);
    } catch (error) {
      this.refuse(socket, toProblem(error), conversationId);
    }
  }

  private refuse(socket: ChatSocket, problem: ProblemError, conversationId?: number): void {
    if (problem.code === 'internal_error') this.logger.error(problem.cause);
    socket.refuse(problem, conversationId);
    if (problem.status === 401) socket.end(SOCKET_CLOSES.identityLost);
    if (problem.status !== 400) return;
    socket.badFrames += 1;
    if (socket.badFrames >= SOCKET_LIMITS.badFramesInARow) socket.end(SOCKET_CLOSES.notAllowed);
  }
}
