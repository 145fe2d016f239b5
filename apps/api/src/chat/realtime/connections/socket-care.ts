import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { SOCKET_CLOSES, SOCKET_LIMITS } from '@support-chat/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { encodeFrame, type ChatSocket } from './chat-socket';
import { SocketRegistry } from './socket-registry';

const TICK_MS = 250;
const HEARTBEAT = encodeFrame({ type: 'heartbeat' });
/** A restart ends the sockets over this time, so that not all clients come back at once. */
const FAREWELL_MS = 1_500;
const FAREWELL_STEPS = 15;
const DESTROYED_MS = 1_500;
const LOOK_MS = 20;

/**
 * Looks after all sockets, several times a second: beats to each in its turn, and ends strangers, the dead and
 * those whose identity ran out. One timer for all, however many there are.
 */
@Injectable()
export class SocketCare
  implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly registry: SocketRegistry) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.tick(Date.now());
    }, TICK_MS).unref();
  }

  onModuleDestroy(): void {
    if (this.timer) clearInterval(this.timer);
  }

  async beforeApplicationShutdown(): Promise<void> {
    const sockets = [...this.registry.all];
    const perStep = Math.ceil(sockets.length / FAREWELL_STEPS);
    while (sockets.length > 0) {
      for (const socket of sockets.splice(0, perStep)) socket.end(SOCKET_CLOSES.restarting);
      await delay(FAREWELL_MS / FAREWELL_STEPS);
    }
    // They answer the farewell, or are destroyed a second later.
    for (let waited = 0; this.registry.all.size > 0 && waited < DESTROYED_MS; waited += LOOK_MS) {
      await delay(LOOK_MS);
    }
  }

  /** @param now in milliseconds */
  tick(now: number): void {
    for (const socket of this.registry.all) this.look(socket, now);
  }

  private look(socket: ChatSocket, now: number): void {
    if (!socket.caller) {
      // The next look would be too late.
      const limit = SOCKET_LIMITS.identityWithinMs - TICK_MS;
      if (now - socket.openedAt >= limit) socket.end(SOCKET_CLOSES.noIdentityInTime);
    } else if (socket.identityEndsAt <= now) {
      socket.end(SOCKET_CLOSES.identityLost);
    } else if (now >= socket.nextBeatAt) {
      this.beat(socket, now);
    }
  }

  private beat(socket: ChatSocket, now: number): void {
    socket.nextBeatAt = now + SOCKET_LIMITS.heartbeatSeconds * 1_000;
    if (!socket.isAlive) {
      socket.destroy();
      return;
    }
    socket.sendBytes(HEARTBEAT);
    socket.ping();
  }
}
