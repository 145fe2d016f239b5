/** Runs works of the same key one after the other; those of different keys do not wait. */
export class KeyedQueue {
  private readonly lines = new Map<string, { last: Promise<void>; length: number }>();

  /** How many of this key are running or waiting. */
  length(key: string): number {
    return this.lines.get(key)?.length ?? 0;
  }

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const line = this.lines.get(key) ?? { last: Promise.resolve(), length: 0 };
    this.lines.set(key, line);
    const mine = line.last.then(work);
    line.length += 1;
    // Whoever is next waits for the end, however it ends.
    line.last = mine.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await mine;
    } finally {
      line.length -= 1;
      if (line.length === 0) this.lines.delete(key);
    }
  }
}
