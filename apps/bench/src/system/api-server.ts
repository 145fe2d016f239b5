import { setTimeout as delay } from 'node:timers/promises';
import { Child } from './child';
import { freePort } from './free-port';
import { canReadProcesses, processTree } from './processes';
import { programs } from './programs';
import type { Server } from './server';

/** Whom the API makes admin at its start. */
export const ADMIN = { email: 'admin@bench.example', password: 'benchmark of the chat' } as const;

export const JWT_SECRET = 'signs tokens for the benchmark alone';
/** As `tools/start.mjs` and the image have them. */
const NODE_OPTIONS = ['--max-semi-space-size=8'];
const START_PATIENCE_MS = 60_000;

interface ApiOptions {
  databaseUrl: string;
  folder: string;
  nodeOptions?: readonly string[];
  /** How many processes share the port. */
  workers?: number;
}

/** The API as it runs in production, but for rate limits and the log of requests. */
export class ApiServer implements Server {
  private constructor(
    private readonly child: Child,
    readonly port: number,
    /** From the start of the process to the first answer that it can serve. */
    readonly startMs: number,
  ) {}

  static async start(options: ApiOptions): Promise<ApiServer> {
    const { databaseUrl, folder, nodeOptions = [], workers = 1 } = options;
    const port = await freePort();
    const start = performance.now();
    const child = Child.start({
      command: [programs.api],
      folder,
      nodeOptions: [...NODE_OPTIONS, ...nodeOptions],
      environment: {
        NODE_ENV: 'production',
        DATABASE_URL: databaseUrl,
        DATA_DIR: folder,
        JWT_SECRET,
        PORT: String(port),
        WEB_CONCURRENCY: String(workers),
        RATE_LIMITS: 'off',
        DEMO_DATA: 'off',
        LOG_LEVEL: 'warn',
        ADMIN_EMAIL: ADMIN.email,
        ADMIN_PASSWORD: ADMIN.password,
      },
    });
    child.process.stdout.resume();
    await untilReady(child, port);
    return new ApiServer(child, port, performance.now() - start);
  }

  pids(): number[] {
    return canReadProcesses ? processTree(this.child.pid) : [];
  }

  async stop(): Promise<void> {
    await this.child.stop();
  }
}

async function untilReady(child: Child, port: number): Promise<void> {
  const deadline = performance.now() + START_PATIENCE_MS;
  while (!(await isReady(port))) {
    if (child.hasEnded) throw new Error('The API ended at its start; see the lines above.');
    if (performance.now() > deadline) throw new Error('The API did not become ready.');
    await delay(10);
  }
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok;
  } catch {
    return false; // Nobody listens yet.
  }
}
