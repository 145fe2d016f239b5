/** Latencies of one round, in milliseconds. */
export class Latencies {
  private values = new Float64Array(65_536);
  private size = 0;

  get count(): number {
    return this.size;
  }

  add(ms: number): void {
    if (this.size === this.values.length) {
      const larger = new Float64Array(this.size * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.size] = ms;
    this.size += 1;
  }

  /** The value that a share of all stays at or below (nearest rank); 0 where there is none. */
  percentiles(...shares: number[]): number[] {
    const sorted = this.values.subarray(0, this.size).toSorted();
    return shares.map((share) => sorted[Math.max(0, Math.ceil(share * this.size) - 1)] ?? 0);
  }
}
