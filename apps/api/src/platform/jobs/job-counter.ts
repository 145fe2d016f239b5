import { Injectable } from '@nestjs/common';
import { inTime } from '../in-time';
import { Jobs, type JobCounts } from './jobs';

const PATIENCE_MS = 1_000;
const SHARED_MS = 1_000;

/**
 * How many jobs there are, for whoever looks on: the jobs' few connections are asked once a second
 * at most, and never again before they have answered. Never fails.
 */
@Injectable()
export class JobCounter {
  private counting: Promise<JobCounts[]> | null = null;

  constructor(private readonly jobs: Jobs) {}

  /** Null where the database fails or takes too long. */
  async counts(): Promise<JobCounts[] | null> {
    this.counting ??= this.count();
    return inTime(this.counting, PATIENCE_MS);
  }

  private async count(): Promise<JobCounts[]> {
    try {
      return await this.jobs.counts();
    } finally {
      setTimeout(() => {
        this.counting = null;
      }, SHARED_MS).unref();
    }
  }
}
