import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Jobs } from '../../platform/jobs/jobs';
import { Metrics } from '../../platform/metrics/metrics';
import type { Channel } from './channel';
import { tellingKey, TELLINGS, type Telling } from './telling';

/**
 * What became of a telling: handed on, no longer needed (read, switched off, nobody there any more),
 * or the device is gone. A date: not before then, and then everything is looked at anew.
 */
export type Told = 'sent' | 'needless' | 'gone' | Date;

/** Takes the jobs that tell people, puts off what has to wait, and counts what became of them. */
@Injectable()
export class TellingDesk {
  private readonly tries: Counter<'channel' | 'outcome'>;

  constructor(
    private readonly jobs: Jobs,
    { registry }: Metrics,
  ) {
    this.tries = new Counter({
      name: 'support_chat_notices_total',
      help: 'Tries to tell somebody of unread messages, by channel and outcome',
      labelNames: ['channel', 'outcome'],
      registers: [registry],
    });
  }

  /** @param tell fails where another try may succeed, with `ParkJobError` where none can */
  handle(channel: Channel, tell: (telling: Telling) => Promise<Told>): void {
    this.jobs.handle(TELLINGS[channel], async (telling) => {
      try {
        const told = await tell(telling);
        if (told instanceof Date) await this.postpone(channel, telling, told);
        this.tries.inc({ channel, outcome: told instanceof Date ? 'postponed' : told });
      } catch (error) {
        this.tries.inc({ channel, outcome: 'failed' });
        throw error;
      }
    });
  }

  private async postpone(channel: Channel, telling: Telling, startAfter: Date): Promise<void> {
    const job = { key: tellingKey(telling), data: telling, startAfter };
    await this.jobs.addOne(TELLINGS[channel], job);
  }
}
