import type { INestApplicationContext } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { MessageMappingProperties } from '@nestjs/websockets';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';

type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Nest's `ws` adapter for gateways that read their frames themselves: nothing is kept for a socket
 * but the socket. Which requests may become sockets is decided before, by the HTTP server's
 * `shouldUpgradeCallback`; all others are ordinary requests.
 */
export class SocketAdapter extends WsAdapter {
  private readonly http: Server;
  private upgradeListener: UpgradeListener | null = null;

  constructor(app: INestApplicationContext, http: Server) {
    super(app);
    this.http = http;
  }

  override create(_port: number, options: ServerOptions): WebSocketServer {
    const server = new WebSocketServer({ ...options, noServer: true, clientTracking: false });
    this.upgradeListener = (request, socket, head) => {
      server.handleUpgrade(request, socket, head, (client: WebSocket) => {
        server.emit('connection', client, request);
      });
    };
    this.http.on('upgrade', this.upgradeListener);
    return server;
  }

  /** @throws Error for a gateway with handlers that this adapter would never call */
  override bindMessageHandlers(_client: unknown, handlers: MessageMappingProperties[]): void {
    if (handlers.length > 0) throw new Error('Gateways read their frames themselves.');
  }

  /** Gateways hear of the end from the socket itself. */
  override bindClientDisconnect(): void {
    // Nothing to bind.
  }

  override async close(server: WebSocketServer): Promise<void> {
    if (this.upgradeListener) this.http.off('upgrade', this.upgradeListener);
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  }
}
