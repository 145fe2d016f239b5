const BURST = 100;
const PER_SECOND = 20;

/** How many frames a client may send: a burst, refilled at a steady rate (a token bucket). */
export class FrameAllowance {
  private left = BURST;

  /** @param lastAt in milliseconds of a clock that never turns back, as all times here */
  constructor(private lastAt: number) {}

  /**
   * @param price how much work the frame is, in frames
   * @returns whether one more at this time is within the allowance
   */
  take(now: number, price = 1): boolean {
    const refill = ((now - this.lastAt) / 1_000) * PER_SECOND;
    this.left = Math.min(BURST, this.left + refill);
    this.lastAt = now;
    if (this.left < price) return false;
    this.left -= price;
    return true;
  }
}
