import { Injectable } from '@nestjs/common';
import { Settings } from '../../platform/config/settings';
import { ProblemError } from '../../platform/http/problem.error';
import type { Limiter } from '../../platform/limits/limiter';
import { Limiters } from '../../platform/limits/limiters';

/** How often a person may try their devices: 5 times a minute, as each calls a foreign server. */
@Injectable()
export class PushTestLimit {
  private readonly limiter: Limiter;
  private readonly isOn: boolean;

  constructor(settings: Settings, limiters: Limiters) {
    this.isOn = settings.rateLimits;
    this.limiter = limiters.create({
      name: 'push-test',
      points: 5,
      duration: 60,
      withoutStore: 'count-alone',
    });
  }

  /** Counts one test; `rate_limited` with the seconds to wait when there were too many. */
  async take(userId: number): Promise<void> {
    if (!this.isOn) return;
    const waitMs = await this.limiter.take(userId);
    if (waitMs === 0) return;
    throw new ProblemError('rate_limited', 'You are testing too often. Wait a moment.', {
      retryAfter: waitMs / 1000,
    });
  }
}
