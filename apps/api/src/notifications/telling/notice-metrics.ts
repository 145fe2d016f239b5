import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Metrics } from '../../platform/metrics/metrics';
import type { Channel } from '../sweep/notice';

type Outcome =
  /** Handed to the push service or the mail server. */
  | 'sent'
  /** No longer needed: read, switched off, or nobody there any more. */
  | 'needless'
  /** Later: quiet hours, or the person is here. */
  | 'postponed'
  /** The device is gone. */
  | 'gone'
  /** Tried again, or parked after the last try. */
  | 'failed';

/** What became of each try to tell somebody. */
@Injectable()
export class NoticeMetrics {
  private readonly tries: Counter<'channel' | 'outcome'>;

  constructor({ registry }: Metrics) {
    this.tries = new Counter({
      name: 'support_chat_notices_total',
      help: 'Tries to tell somebody of unread messages, by channel and outcome',
      labelNames: ['channel', 'outcome'],
      registers: [registry],
    });
  }

  count(channel: Channel, outcome: Outcome): void {
    this.tries.inc({ channel, outcome });
  }
}
