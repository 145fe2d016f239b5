import { SOCKET_PATH } from '@support-chat/contracts';
import type { ClientOptions } from 'ws';
import { SocketRegistry } from '../../src/chat/realtime/connections/socket-registry';
import type { Settings } from '../../src/platform/config/settings';
import { SocketClient } from './socket-client';
import { createTestApp, type Person, type TestApp } from './test-app';

/** The whole API listening on a free port, and the sockets that a test opens to it. */
export class SocketStage {
  private readonly sockets: SocketClient[] = [];

  private constructor(
    readonly test: TestApp,
    readonly origin: string,
  ) {}

  static async start(overrides: Partial<Settings> = {}): Promise<SocketStage> {
    const test = await createTestApp(overrides);
    const fastify = test.app.getHttpAdapter().getInstance();
    return new SocketStage(test, await fastify.listen({ port: 0, host: '127.0.0.1' }));
  }

  /** @param who also proves who it is, and is `ready` */
  async connect(
    who?: Person,
    options: ClientOptions = {},
    path = SOCKET_PATH,
  ): Promise<SocketClient> {
    const socket = await SocketClient.connect(this.origin + path, who?.token, options);
    this.sockets.push(socket);
    return socket;
  }

  /** How many the server holds. */
  get openSockets(): number {
    return this.test.app.get(SocketRegistry).all.size;
  }

  async closeSockets(): Promise<void> {
    await Promise.all(this.sockets.splice(0).map(async (socket) => socket.close()));
  }

  async close(): Promise<void> {
    await this.closeSockets();
    await this.test.close();
  }
}
