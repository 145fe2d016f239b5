import type { Logger } from '@nestjs/common';

/** A fault that was not heard of for so long is over. */
const OVER_MS = 60_000;

/** What goes wrong with the jobs as a whole, logged once a minute at most: an outage repeats itself. */
export class JobErrors {
  private last: { message: string; at: number } | null = null;
  private loggedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly logger: Logger) {}

  get recent(): string | null {
    return this.last && performance.now() - this.last.at < OVER_MS ? this.last.message : null;
  }

  /** It works again. */
  forget(): void {
    this.last = null;
  }

  note(error: unknown): void {
    const now = performance.now();
    this.last = { message: error instanceof Error ? error.message : String(error), at: now };
    if (now - this.loggedAt < OVER_MS) return;
    this.loggedAt = now;
    this.logger.warn(`Jobs cannot be done at present: ${this.last.message}`);
  }
}
