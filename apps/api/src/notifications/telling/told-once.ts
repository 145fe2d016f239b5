import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database';
import { Jobs } from '../../platform/jobs/jobs';
import { Queue } from '../../platform/jobs/queue';
import type { Channel } from './channel';
import { TELLINGS, type Telling } from './telling';
import type { Told } from './telling-desk';
import { FORGET, HOLD, IS_TOLD, LET_GO } from './told-once.statements';

const CLEANING = new Queue('told-cleaning', {
  tries: 3,
  retryAfter: 60,
  triesEndAfter: 300,
  atOnce: 1,
});
const DAILY = '23 3 * * *';
const LOOK_AGAIN_MS = 5_000;

/**
 * Keeps what each device or mailbox was told, so that several jobs tell it of a message once: after
 * an outage many wait for another try. Only a crash between telling and keeping it tells it again.
 */
@Injectable()
export class ToldOnce {
  constructor(
    private readonly database: Database,
    jobs: Jobs,
  ) {
    jobs.handle(CLEANING, async () => {
      await this.database.write(FORGET, []);
    });
    jobs.schedule(CLEANING, DAILY);
  }

  /**
   * @param seq of the newest message there is to tell of
   * @param tell is not called where they were told of it, or where another job is about to
   */
  async unlessTold(
    channel: Channel,
    { toId, conversationId }: Telling,
    seq: number,
    tell: () => Promise<Told>,
  ): Promise<Told> {
    const key = [channel, toId, conversationId];
    // A job that takes longer has ended otherwise.
    const { triesEndAfter } = TELLINGS[channel].rules;
    const held = await this.database.write(HOLD, [...key, seq, triesEndAfter]);
    if (held.length === 0) {
      const told = await this.database.rows(IS_TOLD, [...key, seq]);
      return told.length > 0 ? 'needless' : new Date(Date.now() + LOOK_AGAIN_MS);
    }
    let told = 0;
    try {
      const outcome = await tell();
      if (outcome === 'sent') told = seq;
      return outcome;
    } finally {
      await this.database.write(LET_GO, [...key, told]);
    }
  }
}
