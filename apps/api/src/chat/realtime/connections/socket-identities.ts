import { Injectable, Logger } from '@nestjs/common';
import { SOCKET_CLOSES, SOCKET_LIMITS } from '@support-chat/contracts';
import {
  Identities,
  SESSION_NEWS,
  tokenExpired,
  unauthenticated,
  toUser,
  USER_NEWS,
} from '../../../auth';
import { NewsBus } from '../../../platform/bus/news-bus';
import type { ChatSocket } from './chat-socket';
import { SocketRegistry } from './socket-registry';

/** Whose a socket is: proved by an access token, ended as soon as REST would refuse the same token. */
@Injectable()
export class SocketIdentities {
  private readonly logger = new Logger(SocketIdentities.name);

  constructor(
    private readonly identities: Identities,
    private readonly registry: SocketRegistry,
    bus: NewsBus,
  ) {
    bus.on(USER_NEWS, ({ id }) => {
      for (const socket of this.registry.ofUser(id)) void this.recheckOrEnd(socket);
    });
    bus.on(SESSION_NEWS, ({ family, user_id }) => {
      for (const socket of this.registry.ofUser(user_id)) {
        if (socket.caller?.sessionFamily === family) socket.end(SOCKET_CLOSES.identityLost);
      }
    });
  }

  /**
   * The first time, and again before the token ends; answered by `ready`. Fails with
   * `unauthenticated` or `token_expired` for anything but a valid token of the same user as before.
   */
  async authenticate(socket: ChatSocket, token: string): Promise<void> {
    const identity = await this.identities.ofToken(token);
    if (identity === 'expired') throw tokenExpired();
    if (identity === 'invalid') throw unauthenticated();
    const { caller, expiresAtMs } = identity;
    if (socket.caller && socket.caller.id !== caller.id) throw unauthenticated();
    if (!socket.isOpen) return;
    this.registry.identify(socket, caller, expiresAtMs);
    // What was revoked before the registry knew the socket has not been heard for it.
    await this.recheck(socket);
    const { heartbeatSeconds } = SOCKET_LIMITS;
    socket.send({ type: 'ready', user: toUser(caller), heartbeat_seconds: heartbeatSeconds });
  }

  /** For the time in which news may have been missed. */
  async recheckAll(): Promise<void> {
    for (const socket of this.registry.all) await this.recheck(socket);
  }

  /** Who cannot be asked about is not trusted; the client comes back when it can. */
  private async recheckOrEnd(socket: ChatSocket): Promise<void> {
    try {
      await this.recheck(socket);
    } catch (error) {
      this.logger.warn(`A socket's identity cannot be read: ${String(error)}`);
      socket.end(SOCKET_CLOSES.tryLater);
    }
  }

  private async recheck(socket: ChatSocket): Promise<void> {
    const { caller } = socket;
    if (!caller || !socket.isOpen) return;
    const today = await this.identities.renew(caller);
    if (today?.role === caller.role) socket.caller = today;
    else socket.end(SOCKET_CLOSES.identityLost);
  }
}
