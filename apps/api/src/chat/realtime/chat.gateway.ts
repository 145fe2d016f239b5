import { Logger } from '@nestjs/common';
import { WebSocketGateway, type OnGatewayConnection } from '@nestjs/websockets';
import { SOCKET_CLOSES, SOCKET_LIMITS } from '@support-chat/contracts';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { Metrics } from '../../platform/metrics/metrics';
import { ChatSocket } from './connections/chat-socket';
import { SocketAdmission } from './connections/socket-admission';
import { SocketRegistry } from './connections/socket-registry';
import { FrameHandlers } from './frames/frame-handlers';

/** Frames of honest clients come in one piece; thousands of pieces would only cost memory. */
const MAX_FRAGMENTS = 64;

/** Ours, and what RFC 6455 section 7.4.1 lets honest clients say: a label must not be a stranger's. */
const KNOWN_CODES: ReadonlySet<number> = new Set([
  ...Object.values(SOCKET_CLOSES),
  ...[1000, 1001, 1005, 1006],
]);

/** The chat's WebSocket (docs/api.md): it brings news and never writes. */
@WebSocketGateway({
  maxPayload: SOCKET_LIMITS.frameBytes,
  maxFragments: MAX_FRAGMENTS,
  perMessageDeflate: false,
})
export class ChatGateway implements OnGatewayConnection<WebSocket> {
  private readonly logger = new Logger(ChatGateway.name);

  constructor(
    private readonly admission: SocketAdmission,
    private readonly registry: SocketRegistry,
    private readonly frames: FrameHandlers,
    private readonly metrics: Metrics,
  ) {}

  handleConnection(ws: WebSocket, request: IncomingMessage): void {
    const socket = new ChatSocket(ws, this.admission.addressOf(request), Date.now());
    this.admission.enter(socket.address);
    this.registry.add(socket);
    this.metrics.openSockets.inc();
    ws.on('message', (bytes: Buffer, isBinary) => {
      socket.isAlive = true;
      this.frames.receive(socket, bytes, isBinary);
    });
    ws.on('ping', () => {
      this.frames.allows(socket);
    });
    ws.on('pong', () => {
      socket.isAlive = true;
    });
    ws.on('close', (code) => {
      this.metrics.openSockets.dec();
      this.metrics.closedSockets.inc({ code: KNOWN_CODES.has(code) ? code : 'other' });
      if (!socket.caller) this.admission.leave(socket.address);
      this.registry.remove(socket);
    });
    // Bad frames and broken links: `close` follows, and the peer has been told its code.
    ws.on('error', (error) => {
      this.logger.debug(`A socket failed: ${error.message}`);
    });
  }
}
