import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { JobCounter } from '../jobs/job-counter';
import { Jobs } from '../jobs/jobs';

/** Whether jobs are done. They may stand still while requests are served, so they are never `down`. */
@Injectable()
export class JobsHealth {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly jobs: Jobs,
    private readonly counter: JobCounter,
  ) {}

  async areDone(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('jobs');
    const counts = await this.counter.counts();
    if (this.jobs.fault !== null || counts === null) return indicator.degraded();
    const parked = counts.reduce((sum, queue) => sum + queue.parked, 0);
    return indicator.up({ running: this.jobs.isRunning, parked });
  }
}
