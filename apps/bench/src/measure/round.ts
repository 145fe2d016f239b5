import { closedLoop, type Load, type LoadResult } from '../driver/closed-loop';
import type { Traffic } from '../scenarios/scenario';
import type { DatabaseServer } from '../system/database-server';
import { cpuMs } from '../system/processes';
import type { Server } from '../system/server';
import type { Options } from '../options';

/** Figures of one round. CPU is in milliseconds per operation. */
export interface Figures {
  perSecond: number;
  p50: number;
  p99: number;
  serverCpu: number;
  databaseCpu: number;
  /** Share of one core that our own side took: near 1 it is the limit, not the server. */
  driverCores: number;
}

export interface Round {
  figures: Figures;
  failures: string[];
  failureCount: number;
}

/** How a round loads the server. */
export type Run = (load: Load) => Promise<LoadResult>;

/** Loads one server for one round and reads what it cost. */
export async function runRound(
  server: Server,
  database: DatabaseServer,
  traffic: Traffic,
  options: Options,
  run: Run = closedLoop,
): Promise<Round> {
  const meter = new Meter(server, database);
  const { latencies, failures, seconds } = await run({
    port: server.port,
    connections: options.connections,
    warmUpSeconds: options.warmUpSeconds,
    seconds: options.seconds,
    next: traffic,
    onWindow: (edge) => {
      meter.read(edge);
    },
  });
  const [p50 = 0, p99 = 0] = latencies.percentiles(0.5, 0.99);
  const figures = { perSecond: latencies.count / seconds, p50, p99 };
  return {
    figures: { ...figures, ...meter.cost(latencies.count, seconds) },
    failures: failures.lines(),
    failureCount: failures.count + (latencies.count === 0 ? 1 : 0),
  };
}

type Reading = Record<'server' | 'database' | 'driver', number>;

/** Reads the clocks of all processes as a round starts and ends. */
class Meter {
  private start: Reading | null = null;
  private end: Reading | null = null;

  constructor(
    private readonly server: Server,
    private readonly database: DatabaseServer,
  ) {}

  read(edge: 'start' | 'end'): void {
    const { user, system } = process.cpuUsage();
    this[edge] = {
      server: cpuMs(this.server.pids()),
      database: cpuMs(this.database.pids()),
      driver: (user + system) / 1000,
    };
  }

  cost(
    operations: number,
    seconds: number,
  ): Pick<Figures, 'serverCpu' | 'databaseCpu' | 'driverCores'> {
    const used = (who: keyof Reading): number => (this.end?.[who] ?? 0) - (this.start?.[who] ?? 0);
    return {
      serverCpu: used('server') / operations,
      databaseCpu: used('database') / operations,
      driverCores: used('driver') / 1000 / seconds,
    };
  }
}
