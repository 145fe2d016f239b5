import { Injectable } from '@nestjs/common';
import { SOCKET_CLOSES, SOCKET_LIMITS } from '@support-chat/contracts';
import {
  Identities,
  SESSION_NEWS,
  tokenExpired,
  unauthenticated,
  toUser,
  USER_NEWS,
  UserDirectory,
} from '../../../auth';
import { NewsBus } from '../../../platform/bus/news-bus';
import type { ChatSocket } from './chat-socket';
import { SocketRegistry } from './socket-registry';

/** Whose a socket is: proved by an access token, ended as soon as REST would refuse the same token. */
@Injectable()
export class SocketIdentities {
  constructor(
    private readonly identities: Identities,
    private readonly registry: SocketRegistry,
    private readonly users: UserDirectory,
    bus: NewsBus,
  ) {
    bus.on(USER_NEWS, ({ id }) => void this.recheckUser(id));
    bus.on(SESSION_NEWS, ({ family, user_id }) => {
      for (const socket of this.registry.ofUser(user_id)) {
        if (socket.caller?.sessionFamily === family) socket.end(SOCKET_CLOSES.identityLost);
      }
    });
  }

  /**
   * The first time, and again before the token ends; answered by `ready`. Fails with `unauthenticated` or
   * `token_expired` for anything but a valid token, of the same user as before.
   */
  async authenticate(socket: ChatSocket, token: string): Promise<void> {
    const identity = await this.identities.ofToken(token);
    if (identity === 'expired') throw tokenExpired();
    if (identity === 'invalid') throw unauthenticated();
    const { caller, expiresAtMs } = identity;
    if (socket.caller && socket.caller.id !== caller.id) throw unauthenticated();
    const user = await this.users.findById(caller.id);
    if (!user || !socket.isOpen) throw unauthenticated();
    this.registry.identify(socket, caller, expiresAtMs);
    const { heartbeatSeconds } = SOCKET_LIMITS;
    socket.send({ type: 'ready', user: toUser(user), heartbeat_seconds: heartbeatSeconds });
  }

  /** For the time in which news may have been missed. */
  async recheckAll(): Promise<void> {
    const users = new Set([...this.registry.all].map(({ caller }) => caller?.id));
    for (const id of users) if (id !== undefined) await this.recheckUser(id);
  }

  private async recheckUser(userId: number): Promise<void> {
    for (const socket of this.registry.ofUser(userId)) await this.recheck(socket);
  }

  private async recheck(socket: ChatSocket): Promise<void> {
    const { caller } = socket;
    if (!caller || !socket.isOpen) return;
    const today = await this.identities.renew(caller);
    if (today?.role === caller.role) socket.caller = today;
    else socket.end(SOCKET_CLOSES.identityLost);
  }
}
