import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Caller } from '../../auth';
import { Settings } from '../../platform/config/settings';
import { ProblemError } from '../../platform/http/problem.error';

const SENDS = 30;
const SECONDS = 60;

/** How fast a student may send: 30 messages a minute, whatever address they come from. */
@Injectable()
export class SendLimit {
  private readonly limiter = new RateLimiterMemory({ points: SENDS, duration: SECONDS });
  private readonly isOn: boolean;

  constructor(settings: Settings) {
    this.isOn = settings.rateLimits;
  }

  /** Counts one send; `rate_limited` with the seconds to wait when there were too many. */
  async take(caller: Caller): Promise<void> {
    if (!this.isOn || caller.role === 'admin') return;
    try {
      await this.limiter.consume(caller.id);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new ProblemError('rate_limited', 'You are sending too fast. Wait a moment.', {
        retryAfter: refusal.msBeforeNext / 1000,
      });
    }
  }
}
