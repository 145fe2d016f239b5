import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { Jobs } from '../jobs/jobs';

const COUNT_MS = 1_000;

/** Whether jobs are done. They may stand still while requests are served, so they are never `down`. */
@Injectable()
export class JobsHealth {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly jobs: Jobs,
  ) {}

  async areDone(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('jobs');
    const parked = await this.countParked();
    if (this.jobs.fault !== null || parked === null) return indicator.degraded();
    return indicator.up({ running: this.jobs.isRunning, parked });
  }

  /** Null when it takes too long: the database has an indicator of its own. */
  private async countParked(): Promise<number | null> {
    const late = new Promise<null>((resolve) => {
      setTimeout(() => {
        resolve(null);
      }, COUNT_MS).unref();
    });
    const counts = await Promise.race([this.jobs.counts().catch(() => null), late]);
    return counts?.reduce((sum, { parked }) => sum + parked, 0) ?? null;
  }
}
