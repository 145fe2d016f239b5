import { SOCKET_CLOSES } from '@support-chat/contracts';

/** How long to wait before the next attempt. */
export interface ReconnectPause {
  milliseconds: number;
  /** The server asked for it: neither the person's return nor the network's cuts it short. */
  isFirm: boolean;
}

/**
 * A restart drops everybody at once: 1,000 clients over 10 s are 100 handshakes a second, and
 * whoever came too early is there 20 s after the server at most, 30 s after a long outage (R23).
 * Polls bridge the gap, so nobody waits for the socket.
 */
const FIRST_MS = 10_000;
const MAX_MS = 20_000;
/** After so many attempts in a row something on the way refuses sockets, or the server is away. */
const RARE_AFTER = 5;
const RARE_MS = 25_000;
const SLOW_MS = 15_000;
/** The server would refuse the next one as well: it is one too many, or does not behave. */
const UNWANTED: ReadonlySet<number> = new Set([SOCKET_CLOSES.tooFast, SOCKET_CLOSES.notAllowed]);
const UNWANTED_MS = 60_000;

/** By the code of the close, and how many attempts in a row did not get through. */
export function pauseAfter(code: number, failures: number, random: number): ReconnectPause {
  const aboutAsLong = 0.9 + 0.2 * random;
  if (UNWANTED.has(code)) return { milliseconds: UNWANTED_MS * aboutAsLong, isFirm: true };
  if (code === SOCKET_CLOSES.tryLater) {
    return { milliseconds: SLOW_MS * (1 + 2 * random), isFirm: true };
  }
  if (failures > RARE_AFTER) return { milliseconds: RARE_MS * aboutAsLong, isFirm: false };
  const isRenewal = code === SOCKET_CLOSES.identityLost && failures === 0;
  const most = isRenewal ? 1_000 : Math.min(FIRST_MS * 2 ** failures, MAX_MS);
  return { milliseconds: most * random, isFirm: false };
}
