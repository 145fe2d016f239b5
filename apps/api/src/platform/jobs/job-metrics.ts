import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Metrics } from '../metrics/metrics';
import { JobCounter } from './job-counter';

/** How many jobs wait, are being done, or are parked, by queue; all processes tell the same number. */
@Injectable()
export class JobMetrics {
  constructor(counter: JobCounter, { registry }: Metrics) {
    new Gauge({
      name: 'support_chat_jobs',
      help: 'Jobs by queue and state; parked ones failed too often',
      labelNames: ['queue', 'state'],
      aggregator: 'max',
      registers: [registry],
      async collect() {
        // The other metrics are told even where the database is away; health tells of that.
        const counts = (await counter.counts()) ?? [];
        this.reset();
        for (const { queue, ...states } of counts) {
          for (const [state, value] of Object.entries(states)) this.set({ queue, state }, value);
        }
      },
    });
  }
}
