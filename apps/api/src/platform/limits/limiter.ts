import { Logger } from '@nestjs/common';
import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { ProblemError } from '../http/problem.error';

/** Counts what happens for a key, in a window that begins with the first. */
export class Limiter {
  private readonly logger = new Logger(Limiter.name);

  constructor(private readonly store: RateLimiterAbstract) {}

  /**
   * Counts one. Fails with `unavailable` when it cannot be counted.
   * @returns 0, or for how many ms there were too many
   */
  async take(key: string | number): Promise<number> {
    try {
      await this.store.consume(key);
      return 0;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext);
      throw ProblemError.unavailable(refusal);
    }
  }

  /** Takes one back. Where that fails it stays counted: nobody gets further for it. */
  async giveBack(key: string | number): Promise<void> {
    try {
      await this.store.reward(key);
    } catch (error) {
      this.logger.warn(`A limit could not be given back: ${String(error)}`);
    }
  }
}
