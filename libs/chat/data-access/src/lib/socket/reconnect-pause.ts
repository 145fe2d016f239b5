import { SOCKET_CLOSES } from '@support-chat/contracts';

/** How long to wait before the next attempt. */
export interface ReconnectPause {
  milliseconds: number;
  /** The server asked for it: neither the person's return nor the network's cuts it short. */
  isFirm: boolean;
}

/**
 * A restart drops everybody at once: 1,000 clients over 10 s are 100 handshakes a second, and
 * whoever came too early is there 20 s after the server at most (R23). Polls bridge the gap, so
 * nobody waits for the socket.
 */
const FIRST_MS = 10_000;
const MAX_MS = 20_000;
/** After so many attempts in a row something on the way refuses sockets, and will go on to. */
const RARE_AFTER = 5;
const RARE_MS = 60_000;
const SLOW: ReadonlySet<number> = new Set([SOCKET_CLOSES.tryLater, SOCKET_CLOSES.tooFast]);
const SLOW_MS = 15_000;

/** By the code of the close, and how many attempts in a row did not get through. */
export function pauseAfter(code: number, failures: number, random: number): ReconnectPause {
  if (SLOW.has(code)) return { milliseconds: SLOW_MS * (1 + 2 * random), isFirm: true };
  if (code === SOCKET_CLOSES.notAllowed || failures > RARE_AFTER) {
    return { milliseconds: RARE_MS * (0.9 + 0.2 * random), isFirm: false };
  }
  const isRenewal = code === SOCKET_CLOSES.identityLost && failures === 0;
  const most = isRenewal ? 1_000 : Math.min(FIRST_MS * 2 ** failures, MAX_MS);
  return { milliseconds: most * random, isFirm: false };
}
