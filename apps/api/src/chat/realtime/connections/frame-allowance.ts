const BURST = 100;
const PER_SECOND = 20;

/** How many frames a client may send: a burst, refilled at a steady rate (a token bucket). */
export class FrameAllowance {
  private left = BURST;

  /** @param lastAt in milliseconds */
  constructor(private lastAt: number) {}

  /** @returns whether one more frame at this time is within the allowance */
  take(now: number): boolean {
    const refill = ((now - this.lastAt) / 1_000) * PER_SECOND;
    this.left = Math.min(BURST, this.left + refill);
    this.lastAt = now;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
