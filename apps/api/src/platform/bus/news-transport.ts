/** What a transport reports to its bus. */
export interface TransportOwner {
  /** Nothing told from now on is missed. */
  up(): void;
  /** Something may have been missed, and nothing can be published; `up` follows by itself. */
  down(): void;
  /** Somebody published this, perhaps this process itself. */
  heard(payload: string): void;
  /** The instances that are connected to the database; only PostgreSQL knows. */
  present(instances: ReadonlySet<string>): void;
}

/** Carries payloads between processes while it is up, and connects again by itself when it is not. */
export interface NewsTransport {
  /** Resolves after the first try to connect, however it ended. */
  start(owner: TransportOwner): Promise<void>;
  /** In order. Rejects when they may not have been published; the same may be published again. */
  publish(payloads: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}
