import { Injectable, Logger } from '@nestjs/common';
import { SOCKET_CLOSES, SOCKET_LIMITS } from '@support-chat/contracts';
import {
  Identities,
  SESSION_NEWS,
  tokenExpired,
  unauthenticated,
  toUser,
  USER_NEWS,
  type Caller,
} from '../../../auth';
import { NewsBus } from '../../../platform/bus/news-bus';
import type { ChatSocket } from './chat-socket';
import { SocketAdmission } from './socket-admission';
import { SocketRegistry } from './socket-registry';

/** Whose a socket is: proved by an access token, ended as soon as REST would refuse the same token. */
@Injectable()
export class SocketIdentities {
  private readonly logger = new Logger(SocketIdentities.name);

  constructor(
    private readonly identities: Identities,
    private readonly registry: SocketRegistry,
    private readonly admission: SocketAdmission,
    bus: NewsBus,
  ) {
    bus.on(USER_NEWS, ({ id }) => {
      void this.recheck([...this.registry.ofUser(id)]);
    });
    bus.on(SESSION_NEWS, ({ family, user_id }) => {
      for (const socket of this.registry.ofUser(user_id)) {
        if (socket.caller?.sessionFamily === family) socket.end(SOCKET_CLOSES.identityLost);
      }
    });
  }

  /**
   * The first time, and again before the token ends; answered by `ready`. Fails with
   * `unauthenticated` or `token_expired` for anything but a valid token of the same user in the
   * same role as before.
   */
  async authenticate(socket: ChatSocket, token: string): Promise<void> {
    const identity = await this.identities.ofToken(token);
    if (identity === 'expired') throw tokenExpired();
    if (identity === 'invalid') throw unauthenticated();
    const { caller, expiresAtMs } = identity;
    if (socket.caller && !isSamePerson(socket.caller, caller)) throw unauthenticated();
    if (!socket.isOpen) return;
    if (!socket.caller) this.admission.leave(socket.address);
    this.registry.identify(socket, caller, expiresAtMs);
    // What was revoked before the registry knew the socket has not been heard for it.
    await this.recheck([socket]);
    const { heartbeatSeconds } = SOCKET_LIMITS;
    socket.send({ type: 'ready', user: toUser(caller), heartbeat_seconds: heartbeatSeconds });
  }

  /** For the time in which news may have been missed: all in one question. Fails as reads do. */
  async recheckAll(): Promise<void> {
    await this.compare([...this.registry.all]);
  }

  /** Who cannot be asked about is not trusted; the client comes back when it can. */
  private async recheck(sockets: readonly ChatSocket[]): Promise<void> {
    try {
      await this.compare(sockets);
    } catch (error) {
      this.logger.warn(`The identity of sockets cannot be read: ${String(error)}`);
      for (const socket of sockets) socket.end(SOCKET_CLOSES.tryLater);
    }
  }

  private async compare(sockets: readonly ChatSocket[]): Promise<void> {
    const known = sockets.flatMap((socket) => {
      const { caller } = socket;
      return caller ? [{ socket, caller }] : [];
    });
    if (known.length === 0) return;
    const today = await this.identities.renew(known.map(({ caller }) => caller));
    for (const { socket, caller } of known) {
      const renewed = today.get(caller.sessionFamily);
      // Identified anew while the database was asked: that had a look of its own.
      if (socket.caller !== caller) continue;
      if (renewed && isSamePerson(renewed, caller)) socket.caller = renewed;
      else socket.end(SOCKET_CLOSES.identityLost);
    }
  }
}

/** Whoever gets another role comes back as somebody new: what they follow was decided for the old. */
function isSamePerson(one: Caller, other: Caller): boolean {
  return one.id === other.id && one.role === other.role;
}
