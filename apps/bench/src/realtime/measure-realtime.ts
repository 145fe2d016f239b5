import { refreshStudents } from '../data/people';
import { closedLoop, type Load, type LoadResult } from '../driver/closed-loop';
import { openLoop } from '../driver/open-loop';
import type { Arena } from '../measure/measure-scenario';
import { cpuOf } from '../measure/median';
import { runRound } from '../measure/round';
import { cpuMs } from '../system/processes';
import type { Server } from '../system/server';
import { pairTraffic } from './pair-traffic';
import { connectPairs, type Pair } from './pairs';
import { startPolling } from './pollers';
import { RelayPairs } from './relay-pairs';
import { SeenTimes } from './seen-times';

/** How long people wait for each other's messages, in milliseconds from the sender's call. */
export interface RealtimeResult {
  transport: 'socket' | 'polling' | 'relay';
  pairs: number;
  /** Messages seen a second. */
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  /** Of all server processes, in milliseconds a message. */
  cpu: number;
  failures: string[];
  failureCount: number;
}

/** At a fixed rate, or as many as can be. */
export type Pace = { perSecond: number } | 'most';

const CONNECT = { socket: connectPairs, polling: startPolling } as const;

/** Messages go by REST and are stored; the other side learns of them by this transport. */
export async function measurePairs(
  { large, database, options }: Arena,
  transport: keyof typeof CONNECT,
  pairs: readonly Pair[],
  pace: Pace,
): Promise<RealtimeResult> {
  const times = new SeenTimes();
  await refreshStudents(
    large.client,
    pairs.map(({ student }) => student),
  );
  const disconnect = await CONNECT[transport](large.api.port, pairs, times);
  try {
    let perSecond = 0;
    const run = async (load: Load): Promise<LoadResult> => {
      const onWindow: Load['onWindow'] = (edge) => {
        load.onWindow(edge);
        if (edge === 'start') times.restart();
        else perSecond = times.count / load.seconds;
      };
      const watched = { ...load, onWindow };
      return pace === 'most' ? closedLoop(watched) : openLoop({ ...watched, ...pace });
    };
    const traffic = pairTraffic(pairs, times);
    const round = await runRound(large.api, database, traffic, options, run);
    const unseen = await times.untilAllSeen();
    return {
      ...{ transport, pairs: pairs.length, perSecond, ...percentiles(times) },
      cpu: cpuOf(round.figures),
      failures: [...round.failures, ...unseenLines(unseen)],
      failureCount: round.failureCount + unseen,
    };
  } finally {
    disconnect();
  }
}

/** The same on the bare relay, which stores nothing. */
export async function measureRelay(
  relay: Server,
  count: number,
  pace: Pace,
  seconds: number,
): Promise<RealtimeResult> {
  const times = new SeenTimes();
  const pairs = await RelayPairs.connect(relay.port, count, times);
  try {
    const cpuBefore = cpuMs(relay.pids());
    if (pace === 'most') await pairs.flood(seconds);
    else await pairs.pace(pace.perSecond, seconds);
    const seen = times.count;
    const cpu = (cpuMs(relay.pids()) - cpuBefore) / seen;
    const unseen = await times.untilAllSeen();
    return {
      ...{
        transport: 'relay',
        pairs: count,
        perSecond: seen / seconds,
        ...percentiles(times),
        cpu,
      },
      ...{ failures: unseenLines(unseen), failureCount: unseen },
    };
  } finally {
    pairs.close();
  }
}

function percentiles(times: SeenTimes): Pick<RealtimeResult, 'p50' | 'p95' | 'p99'> {
  const [p50 = 0, p95 = 0, p99 = 0] = times.percentiles(0.5, 0.95, 0.99);
  return { p50, p95, p99 };
}

function unseenLines(unseen: number): string[] {
  return unseen > 0 ? [`${unseen} × never seen`] : [];
}
