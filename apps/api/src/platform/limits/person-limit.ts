import { ProblemError } from '../http/problem.error';
import type { Limiter } from './limiter';

/** How often one person may do something, whatever address they come from. */
export class PersonLimit {
  /** @param excess what is too much, for a sentence that people read: "You are …" */
  constructor(
    private readonly limiter: Limiter,
    private readonly excess: string,
    /** Nobody is refused where it is off. */
    private readonly isOn: boolean,
  ) {}

  /** Counts one; `rate_limited` with the seconds to wait when there were too many. */
  async take(personId: number): Promise<void> {
    const waitMs = this.isOn ? await this.limiter.take(personId) : 0;
    if (waitMs === 0) return;
    throw new ProblemError('rate_limited', `You are ${this.excess}. Wait a moment.`, {
      retryAfter: waitMs / 1000,
    });
  }
}
