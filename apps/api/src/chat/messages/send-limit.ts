import { Injectable } from '@nestjs/common';
import type { Caller } from '../../auth';
import { Limiters } from '../../platform/limits/limiters';
import type { PersonLimit } from '../../platform/limits/person-limit';

/** How fast a student may send: 30 messages a minute. */
@Injectable()
export class SendLimit {
  private readonly limit: PersonLimit;

  constructor(limiters: Limiters) {
    this.limit = limiters.ofPersons('send', 30, 'sending too fast');
  }

  /** Counts one send; `rate_limited` with the seconds to wait when there were too many. */
  async take(caller: Caller): Promise<void> {
    if (caller.role !== 'admin') await this.limit.take(caller.id);
  }
}
