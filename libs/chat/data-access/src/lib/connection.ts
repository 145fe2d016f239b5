/** How fresh what is shown is. `live`: the last question was answered. */
export interface Connection {
  state: 'connecting' | 'live' | 'reconnecting' | 'offline';
  /** When the server last answered, in milliseconds, or null if it never did. */
  lastSyncedAt: number | null;
}
