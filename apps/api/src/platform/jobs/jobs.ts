import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { PgBoss } from 'pg-boss';
import { Database, type Transaction } from '../database/database';
import { openBoss } from './boss';
import { JobErrors } from './job-errors';
import type { NewJob, Queue } from './queue';
import { QueueWorker } from './queue-worker';

/** `postgres://` address of the database that holds the jobs. */
export const JOBS_DATABASE_URL = Symbol('JOBS_DATABASE_URL');

const START_AGAIN_MS = 30_000;
const STOP_MS = 4_000;

/** How many jobs of a queue there are. */
export interface JobCounts {
  queue: string;
  /** Waiting for their time or their turn. */
  queued: number;
  active: number;
  /** Failed too often, kept to be looked at. */
  parked: number;
}

/**
 * Work to be done later, kept in the database until it is: at least once, by any instance. It runs
 * beside the requests on connections of its own, and what goes wrong with it is logged and told by
 * `/health/ready` and the metrics, but stops nothing else.
 */
@Injectable()
export class Jobs implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private readonly workers: QueueWorker[] = [];
  private readonly schedules: { queue: Queue<object>; cron: string }[] = [];
  private readonly errors = new JobErrors(this.logger);
  private boss: PgBoss | null = null;
  private startAgain: NodeJS.Timeout | null = null;
  private starting: Promise<void> | null = null;
  private isStopping = false;

  constructor(
    @Inject(JOBS_DATABASE_URL) private readonly databaseUrl: string,
    private readonly database: Database,
  ) {}

  get isRunning(): boolean {
    return this.boss !== null && !this.isStopping;
  }

  /** Why jobs may not be done at present, or null. */
  get fault(): string | null {
    return this.errors.recent;
  }

  /** What is to make jobs failed. */
  noteFault(error: unknown): void {
    this.errors.note(error);
  }

  /** Who does the jobs of a queue. To be called before `start`. */
  handle<T extends object>(queue: Queue<T>, handler: (data: T) => Promise<void>): void {
    this.workers.push(new QueueWorker(queue, async (data) => handler(data as T), this.logger));
  }

  /** A job without data at these times (five fields of cron, UTC). To be called before `start`. */
  schedule(queue: Queue<object>, cron: string): void {
    this.schedules.push({ queue, cron });
  }

  /** Never fails: where it cannot start, it says so and tries again. */
  async start(): Promise<void> {
    if (this.isStopping) return;
    this.starting = this.tryToStart();
    await this.starting;
  }

  /** Within the caller's transaction: the jobs exist once it is committed. */
  async add<T extends object>(
    transaction: Transaction,
    queue: Queue<T>,
    jobs: readonly NewJob<T>[],
  ): Promise<void> {
    if (this.boss === null) throw new Error('Jobs are not running.');
    if (jobs.length === 0) return;
    const rows = jobs.map(({ key, data, startAfter }) => ({
      singletonKey: key,
      data,
      ...(startAfter && { startAfter }),
    }));
    await this.boss.insert(queue.name, rows, {
      db: {
        executeSql: async (text, values = []) => ({
          rows: await transaction.unprepared(text, values),
        }),
      },
    });
  }

  /** Jobs were added to be done at once: not at the next poll, if this process can do them. */
  wake<T extends object>(queue: Queue<T>): void {
    const { boss } = this;
    if (boss) this.workers.find((worker) => worker.queue === queue)?.wake(boss);
  }

  /** One job, in a transaction of its own. */
  async addOne<T extends object>(queue: Queue<T>, job: NewJob<T>): Promise<void> {
    await this.database.transaction(async (transaction) => this.add(transaction, queue, [job]));
  }

  /** As of some seconds ago; empty while not running. */
  async counts(): Promise<JobCounts[]> {
    if (this.boss === null) return [];
    const queues = new Map((await this.boss.getQueues()).map((queue) => [queue.name, queue]));
    return this.workers.map(({ queue }) => ({
      queue: queue.name,
      queued: queues.get(queue.name)?.queuedCount ?? 0,
      active: queues.get(queue.name)?.activeCount ?? 0,
      parked: queues.get(queue.parkedName)?.queuedCount ?? 0,
    }));
  }

  /** Jobs that are being done come to their end, while there is still a database. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    if (this.startAgain) clearTimeout(this.startAgain);
    await this.starting;
    await this.boss?.stop({ graceful: true, timeout: STOP_MS });
    this.boss = null;
  }

  private async tryToStart(): Promise<void> {
    try {
      this.boss = await openBoss(this.databaseUrl, this.workers, this.schedules, this.errors);
      this.errors.forget();
    } catch (error) {
      this.errors.note(error);
      if (this.isStopping) return;
      this.startAgain = setTimeout(() => void this.start(), START_AGAIN_MS).unref();
    }
  }
}
