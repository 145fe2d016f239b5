import type { PgBoss } from 'pg-boss';
import { DEAD_PEER_OPTIONS } from '../database/dead-peer-options';
import type { JobErrors } from './job-errors';
import type { Queue } from './queue';
import type { QueueWorker } from './queue-worker';

const HOUR_SECONDS = 3_600;
const PARKED_SECONDS = 14 * 24 * HOUR_SECONDS;
/** How soon a job whose process was killed is noticed, once its time is over. */
const WATCH_SECONDS = 15;
/** Of the jobs' own connections; passed on to the driver. */
const POOL = {
  max: 2,
  // Not an instance's name: nothing told by these connections has to be heard.
  application_name: 'support-chat-jobs',
  connectionTimeoutMillis: 5_000,
  keepAlive: true,
  options: DEAD_PEER_OPTIONS,
  // A link that died silently is given up, and another one opened.
  query_timeout: 6_000,
  // Longer: the database brings a change of pg-boss's tables to its end, for the next start to find.
  statement_timeout: 120_000,
};

/**
 * Opens pg-boss with its queues, workers and schedules. Loaded only now: nobody waits for it when
 * the application starts. Its tables are in a schema of their own, made at the first start.
 */
export async function openBoss(
  databaseUrl: string,
  workers: readonly QueueWorker[],
  schedules: readonly { queue: Queue<object>; cron: string }[],
  errors: JobErrors,
): Promise<PgBoss> {
  const { PgBoss } = await import('pg-boss');
  const boss = new PgBoss({
    connectionString: databaseUrl,
    ...POOL,
    superviseIntervalSeconds: WATCH_SECONDS,
    monitorIntervalSeconds: WATCH_SECONDS,
    maintenanceIntervalSeconds: HOUR_SECONDS,
    registerInstance: false,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => {
    errors.note(error);
  });
  try {
    await boss.start();
    for (const { queue } of workers) await declare(boss, queue);
    for (const { queue, cron } of schedules) await boss.schedule(queue.name, cron);
    for (const worker of workers) await worker.start(boss);
    return boss;
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }
}

/** Makes the queue, or brings one of an earlier version up to date. */
async function declare(boss: PgBoss, { name, parkedName, rules }: Queue<object>): Promise<void> {
  const options = {
    retryLimit: rules.tries - 1,
    retryDelay: rules.retryAfter,
    retryBackoff: true,
    retryDelayMax: HOUR_SECONDS,
    expireInSeconds: rules.triesEndAfter,
    deleteAfterSeconds: HOUR_SECONDS,
    deadLetter: parkedName,
  };
  await boss.createQueue(parkedName, { retentionSeconds: PARKED_SECONDS });
  await boss.createQueue(name, { policy: 'short', ...options });
  await boss.updateQueue(name, options);
}
