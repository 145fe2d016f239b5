import type { Logger } from '@nestjs/common';
import type { Job, JobResult, PgBoss } from 'pg-boss';
import { ParkJobError } from './park-job.error';
import type { Queue } from './queue';

const POLL_SECONDS = 2;

/** Does the jobs of one queue, several at once; what one of them throws fails that one alone. */
export class QueueWorker {
  private id: string | null = null;

  constructor(
    readonly queue: Queue<object>,
    private readonly handler: (data: object) => Promise<void>,
    private readonly logger: Logger,
  ) {}

  async start(boss: PgBoss): Promise<void> {
    const { name, rules } = this.queue;
    this.id = await boss.work(
      name,
      {
        batchSize: rules.atOnce,
        pollingIntervalSeconds: POLL_SECONDS,
        perJobResults: true,
        burstWhenBatchFull: true,
      },
      async (jobs: Job<object | null>[]) =>
        Promise.all(jobs.map(async (job) => this.do(boss, job))),
    );
  }

  /** Looks for jobs now rather than at the next poll. */
  wake(boss: PgBoss): void {
    if (this.id !== null) boss.notifyWorker(this.id);
  }

  private async do(boss: PgBoss, { id, data }: Job<object | null>): Promise<JobResult> {
    const { name } = this.queue;
    try {
      await this.handler(data ?? {});
    } catch (error) {
      const message = messageOf(error);
      this.logger.warn(`A job of ${name} failed: ${message}`);
      const status = error instanceof ParkJobError ? 'deadletter' : 'failed';
      return { id, status, output: { message } };
    }
    try {
      // Not with the others: a crash repeats only what was being done at that very moment.
      await boss.complete(name, id);
    } catch (error) {
      this.logger.debug(`Settled with the others then: ${messageOf(error)}`);
    }
    return { id, status: 'completed' };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
