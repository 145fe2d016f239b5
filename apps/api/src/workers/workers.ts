import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { pino } from 'pino';
import { RateLimiterClusterMaster } from 'rate-limiter-flexible';
import type { Settings } from '../platform/config/settings';
import { logCrashes } from '../platform/logging/log-crashes';
import { StartupError } from '../platform/startup-error';
import type { Needs } from '../prepare';
import { isWorkerMessage } from './worker-messages';
import { WorkerMetrics } from './worker-metrics';

/** After it, what still runs is ended; the stop's own deadline is 15 s. */
const STOP_MS = 12_000;
/** One that lived longer than this is replaced at once. */
const SHORT_LIFE_MS = 10_000;
const MAX_DELAY_MS = 5_000;

/** The processes that share the port. One that ends is replaced, until they are all stopped. */
export class Workers {
  private readonly logger;
  private readonly metrics: WorkerMetrics | null;
  private isStopping = false;
  private failures = 0;

  constructor(
    private readonly settings: Settings,
    private readonly needs: Needs,
  ) {
    this.logger = pino({ level: settings.logLevel, base: null });
    logCrashes(this.logger);
    // Counts for all workers where Redis does not.
    new RateLimiterClusterMaster();
    const { host, metricsPort } = settings;
    this.metrics = metricsPort === null ? null : new WorkerMetrics(host, metricsPort);
  }

  /**
   * Resolves with the port when all serve.
   * @throws StartupError when one of them cannot
   */
  async start(): Promise<number> {
    await this.metrics?.start();
    const workers = Array.from({ length: this.settings.workers }, () => this.fork());
    // All share one port, also where any free one will do.
    const [port = this.settings.port] = await Promise.all(workers.map(ready));
    for (const worker of workers) this.replaceWhenEnded(worker);
    return port;
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    const stops = Object.values(cluster.workers ?? {}).map(stopWorker);
    await Promise.all([this.metrics?.stop(), ...stops]);
  }

  private fork(): Worker {
    const { databaseUrl, jwtSecret } = this.needs;
    const worker = cluster.fork({
      DATABASE_URL: databaseUrl,
      JWT_SECRET: jwtSecret,
      // Done or shown by the primary.
      ADMIN_EMAIL: '',
      ADMIN_PASSWORD: '',
      DEMO_DATA: 'off',
      METRICS_PORT: '',
    });
    // What was on its way to one that has just ended: it must not end this process, and so all.
    worker.on('error', (error) => {
      this.logger.warn(
        { pid: worker.process.pid, reason: error.message },
        'A worker is out of reach.',
      );
    });
    return worker;
  }

  private replaceWhenEnded(worker: Worker): void {
    const since = performance.now();
    const replace = (): void => {
      if (this.isStopping) return;
      const { exitCode, signalCode, pid } = worker.process;
      const hasLasted = performance.now() - since > SHORT_LIFE_MS;
      this.failures = hasLasted ? 0 : this.failures + 1;
      const delay = hasLasted ? 0 : Math.min(MAX_DELAY_MS, 100 * 2 ** (this.failures - 1));
      this.logger.error({ pid, exitCode, signalCode, delay }, 'A worker ended and is replaced.');
      setTimeout(() => {
        this.replace();
      }, delay);
    };
    if (worker.isDead()) replace();
    else worker.once('exit', replace);
  }

  private replace(): void {
    if (this.isStopping) return;
    const worker = this.fork();
    this.replaceWhenEnded(worker);
    ready(worker).then(
      () => {
        this.logger.info({ pid: worker.process.pid }, 'A worker serves in its place.');
      },
      (error: unknown) => {
        this.logger.error(error);
      },
    );
  }
}

/** The port it listens on. */
async function ready(worker: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: unknown) => {
      if (!isWorkerMessage(message)) return;
      if (message.type === 'ready') resolve(message.port);
      else reject(new StartupError(message.message));
    });
    worker.once('exit', () => {
      reject(new StartupError('A worker ended before it could serve; see the lines above.'));
    });
  });
}

async function stopWorker(worker?: Worker): Promise<void> {
  if (!worker || worker.isDead()) return;
  const ended = once(worker, 'exit');
  const cut = setTimeout(() => worker.process.kill('SIGKILL'), STOP_MS);
  worker.process.kill('SIGTERM');
  await ended;
  clearTimeout(cut);
}
