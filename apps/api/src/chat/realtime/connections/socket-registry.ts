import { Injectable } from '@nestjs/common';
import { SOCKET_CLOSES, SOCKET_LIMITS } from '@support-chat/contracts';
import type { Caller } from '../../../auth';
import { Settings } from '../../../platform/config/settings';
import type { ChatSocket } from './chat-socket';

type UserWatcher = (caller: Caller, isConnected: boolean) => void;
type EndWatcher = (socket: ChatSocket) => void;

/** All sockets of this process, and those of each user; above the limit a user's oldest is ended. */
@Injectable()
export class SocketRegistry {
  private readonly sockets = new Set<ChatSocket>();
  private readonly byUser = new Map<number, Set<ChatSocket>>();
  private readonly userWatchers: UserWatcher[] = [];
  private readonly endWatchers: EndWatcher[] = [];

  constructor(private readonly settings: Settings) {}

  get all(): ReadonlySet<ChatSocket> {
    return this.sockets;
  }

  ofUser(userId: number): ReadonlySet<ChatSocket> {
    return this.byUser.get(userId) ?? new Set();
  }

  /** Hears of each user's first socket here, and of the end of the last. */
  watchUsers(watcher: UserWatcher): void {
    this.userWatchers.push(watcher);
  }

  /** Hears of the end of every socket. */
  watchEnds(watcher: EndWatcher): void {
    this.endWatchers.push(watcher);
  }

  add(socket: ChatSocket): void {
    this.sockets.add(socket);
  }

  remove(socket: ChatSocket): void {
    this.sockets.delete(socket);
    for (const watcher of this.endWatchers) watcher(socket);
    const { caller } = socket;
    if (!caller) return;
    const sockets = this.byUser.get(caller.id);
    sockets?.delete(socket);
    if (sockets?.size !== 0) return;
    this.byUser.delete(caller.id);
    this.tell(caller, false);
  }

  /** The socket has proved whose it is, the first time or again; the user stays the same. */
  identify(socket: ChatSocket, caller: Caller, identityEndsAt: number): void {
    const isNew = socket.caller === null;
    socket.caller = caller;
    socket.identityEndsAt = identityEndsAt;
    if (!isNew) return;
    const sockets = this.byUser.get(caller.id);
    if (sockets) sockets.add(socket);
    else this.byUser.set(caller.id, new Set([socket]));
    if (sockets) this.limit(sockets);
    else this.tell(caller, true);
  }

  private limit(sockets: ReadonlySet<ChatSocket>): void {
    if (!this.settings.rateLimits) return;
    const open = [...sockets].filter(({ isOpen }) => isOpen);
    if (open.length > SOCKET_LIMITS.perUser) open.at(0)?.end(SOCKET_CLOSES.tooFast);
  }

  private tell(caller: Caller, isConnected: boolean): void {
    for (const watcher of this.userWatchers) watcher(caller, isConnected);
  }
}
