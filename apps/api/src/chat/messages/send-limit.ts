import { Injectable } from '@nestjs/common';
import type { Caller } from '../../auth';
import { Settings } from '../../platform/config/settings';
import { ProblemError } from '../../platform/http/problem.error';
import type { Limiter } from '../../platform/limits/limiter';
import { Limiters } from '../../platform/limits/limiters';

/** How fast a student may send: 30 messages a minute, whatever address they come from. */
@Injectable()
export class SendLimit {
  private readonly limiter: Limiter;
  private readonly isOn: boolean;

  constructor(settings: Settings, limiters: Limiters) {
    this.isOn = settings.rateLimits;
    this.limiter = limiters.create({
      name: 'send',
      points: 30,
      duration: 60,
      withoutStore: 'count-alone',
    });
  }

  /** Counts one send; `rate_limited` with the seconds to wait when there were too many. */
  async take(caller: Caller): Promise<void> {
    if (!this.isOn || caller.role === 'admin') return;
    const waitMs = await this.limiter.take(caller.id);
    if (waitMs === 0) return;
    throw new ProblemError('rate_limited', 'You are sending too fast. Wait a moment.', {
      retryAfter: waitMs / 1000,
    });
  }
}
