/** What empties a memory: see `NewsBus`. */
export interface Freshness {
  /** False while news may be missed: nothing may be answered from memory then. */
  readonly isFresh: boolean;
  /** Called whenever news may have been missed. */
  onDoubt(forgetAll: () => void): void;
}

/**
 * Answers from memory what has not changed since it was read, and reads it once for all who ask at
 * the same time. Whoever hears that a value changed calls `forget` (or `revise`): a read that began
 * before that is never kept. While the source of news is in doubt every call reads. Bounded: the
 * oldest entries go first.
 */
export class ReadThroughCache<K, V> {
  private readonly values = new Map<K, V>();
  private readonly reads = new Map<K, Promise<V>>();

  constructor(
    private readonly freshness: Freshness,
    private readonly maxEntries: number,
  ) {
    freshness.onDoubt(() => {
      this.clear();
    });
  }

  /** The value in memory, or undefined. Never reads. */
  peek(key: K): V | undefined {
    return this.freshness.isFresh ? this.values.get(key) : undefined;
  }

  /** The value from memory, or by `read`. Failures of `read` reach all its callers and are not kept. */
  async get(key: K, read: () => Promise<V>): Promise<V> {
    if (!this.freshness.isFresh) return read();
    const known = this.values.get(key);
    if (known !== undefined) return known;
    return this.reads.get(key) ?? this.startRead(key, read);
  }

  forget(key: K): void {
    this.values.delete(key);
    this.reads.delete(key);
  }

  /** Replaces a value that is in memory; a read under way is not kept. */
  revise(key: K, change: (value: V) => V): void {
    this.reads.delete(key);
    const value = this.values.get(key);
    if (value !== undefined) this.values.set(key, change(value));
  }

  clear(): void {
    this.values.clear();
    this.reads.clear();
  }

  private async startRead(key: K, read: () => Promise<V>): Promise<V> {
    const reading = read();
    this.reads.set(key, reading);
    try {
      const value = await reading;
      if (this.reads.get(key) === reading && this.freshness.isFresh) this.keep(key, value);
      return value;
    } finally {
      if (this.reads.get(key) === reading) this.reads.delete(key);
    }
  }

  private keep(key: K, value: V): void {
    this.values.set(key, value);
    if (this.values.size <= this.maxEntries) return;
    for (const oldest of this.values.keys()) {
      this.values.delete(oldest);
      return;
    }
  }
}
