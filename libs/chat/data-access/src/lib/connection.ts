import type { PollOutcome } from './poller';

/** How fresh what is shown is. */
export interface Connection {
  /** `live`: the server answers; `reconnecting`: it does not; `offline`: nor is there a network. */
  state: 'connecting' | 'live' | 'reconnecting' | 'offline';
  /** When the server last answered, in milliseconds, or null if it never did. */
  lastSyncedAt: number | null;
  /** Unanswered questions in a row; the first is not worth a word. */
  failures: number;
}

export const CONNECTING: Connection = { state: 'connecting', lastSyncedAt: null, failures: 0 };

/** The connection after one more poll. */
export function nextConnection(
  { state, lastSyncedAt, failures }: Connection,
  outcome: PollOutcome<unknown>,
  isOnline: boolean,
): Connection {
  if (outcome.ok) return { state: 'live', lastSyncedAt: Date.now(), failures: 0 };
  // A missing session is no missing connection.
  if (outcome.failure.status === 401) return { state, lastSyncedAt, failures };
  const lost = isOnline ? (failures > 0 ? 'reconnecting' : state) : 'offline';
  return { state: lost, lastSyncedAt, failures: failures + 1 };
}
