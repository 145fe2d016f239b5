import { cpuOf } from '../measure/median';
import type { ScenarioResult } from '../measure/measure-scenario';
import type { RealtimeResult } from '../realtime/measure-realtime';
import type { Results } from '../results';

/** A figure with what is asked of it: without the floor the work is not done. */
export interface Goal {
  what: string;
  unit: string;
  value: number | null;
  floor: number;
  goal: number;
  better: 'higher' | 'lower';
}

export type Verdict = 'goal' | 'floor' | 'missed' | 'unknown';

export function judge({ value, floor, goal, better }: Goal): Verdict {
  if (value === null || !Number.isFinite(value)) return 'unknown';
  const reaches = (limit: number): boolean =>
    better === 'higher' ? value >= limit : value <= limit;
  if (reaches(goal)) return 'goal';
  return reaches(floor) ? 'floor' : 'missed';
}

/** Every goal that this run measured. */
export function goalsOf(results: Results): Goal[] {
  const byId = new Map(results.scenarios.map((result) => [result.id, result]));
  return [
    ...idleGoals(results.scenarios.filter(({ id }) => id.startsWith('idle-'))),
    ...sendGoals(byId.get('send')),
    ...readGoals(byId),
    ...growthGoals(results),
    ...realtimeGoals(results),
    ...systemGoals(results),
  ];
}

const lower = (what: string, unit: string, value: number | null, limits: [number, number]): Goal =>
  ({ what, unit, value, floor: limits[0], goal: limits[1], better: 'lower' }) as const;
const higher = (what: string, unit: string, value: number | null, limits: [number, number]): Goal =>
  ({ what, unit, value, floor: limits[0], goal: limits[1], better: 'higher' }) as const;

function idleGoals(idle: readonly ScenarioResult[]): Goal[] {
  if (idle.length === 0) return [];
  const ratios = idle.map(({ toRival }) => toRival?.throughput ?? 0);
  const cpu = Math.max(...idle.map(({ figures }) => cpuOf(figures)));
  return [
    higher('Idle poll, the slowest kind: throughput', 'of bare', Math.min(...ratios), [0.35, 0.6]),
    lower('Idle poll, the dearest kind: CPU', 'ms', cpu || null, [Infinity, 0.08]),
  ];
}

function sendGoals(send: ScenarioResult | undefined): Goal[] {
  if (!send?.toRival) return [];
  const { throughput, cpu } = send.toRival;
  return [
    higher('Send: throughput', 'of bare', throughput, [0.45, 0.65]),
    lower('Send: CPU', 'x bare', cpu, [2.5, 1.6]),
  ];
}

function readGoals(byId: ReadonlyMap<string, ScenarioResult>): Goal[] {
  const goals = ['poll-new', 'history-first', 'history-random', 'inbox'].flatMap((id) => {
    const result = byId.get(id);
    if (!result?.toRival) return [];
    return higher(`${result.title}: throughput`, 'of bare', result.toRival.throughput, [0.4, 0.6]);
  });
  const deep = byId.get('history-deep');
  if (!deep?.toRival) return goals;
  const { cpu, throughput } = deep.toRival;
  // Without CPU times, the time between answers says the same.
  const ratio = Number.isFinite(cpu) ? cpu : 1 / throughput;
  return [...goals, lower('Deep history against its first page: CPU', 'x', ratio, [1.5, 1.1])];
}

function growthGoals({ scenarios, piledUp, small, large }: Results): Goal[] {
  const most = (results: readonly ScenarioResult[]): number | null => {
    const growths = results.flatMap(({ growth }) => growth ?? []);
    return growths.length > 0 ? Math.max(...growths) : null;
  };
  const goals: Goal[] = [];
  if (small !== null) {
    const what = `Growth of CPU from ${small} to ${large} messages, the most`;
    goals.push(lower(what, 'x', most(scenarios), [1.5, 1.25]));
  }
  if (piledUp.length > 0) {
    const what = 'Growth of CPU with 500 unread in each conversation, the most';
    goals.push(lower(what, 'x', most(piledUp), [1.5, 1.25]));
  }
  return goals;
}

/** The pairs of 500 sockets, for which the goals are set. */
const GOAL_PAIRS = 250;

function realtimeGoals({ realtime }: Results): Goal[] {
  if (!realtime) return [];
  const { latency, most, memory } = realtime;
  const isSocket = ({ transport }: RealtimeResult): boolean => transport === 'socket';
  const paced = latency.filter(isSocket).find(({ pairs }) => pairs === GOAL_PAIRS);
  const busiest = most.find(isSocket);
  const socket = memory && `Memory for an idle authenticated socket at ${memory.sockets}`;
  return [
    ...(paced
      ? [
          lower('Message seen by socket, 500 sockets: p50', 'ms', paced.p50, [8, 3]),
          lower('Message seen by socket, 500 sockets: p99', 'ms', paced.p99, [40, 12]),
        ]
      : []),
    ...(busiest
      ? [higher('Messages stored and delivered', 'a second', busiest.perSecond, [1000, 2000])]
      : []),
    ...(socket ? [lower(socket, 'KiB', memory.authenticated, [20, 12])] : []),
  ];
}

function systemGoals({ fixedRate, atRest, startMs, disk, bundles }: Results): Goal[] {
  const all = atRest ? atRest.api + atRest.database : null;
  const rate = fixedRate && `${fixedRate.perSecond} idle polls a second: p99`;
  return [
    ...(rate ? [lower(rate, 'ms', fixedRate.round.figures.p99, [100, 25])] : []),
    lower('API process at rest', 'MiB', atRest?.api ?? null, [150, 110]),
    lower('API and database at rest', 'MiB', all, [280, 200]),
    lower('Start of the API, database up', 's', startMs / 1000, [1.5, 0.8]),
    lower('Disk for a message with indexes', 'bytes', disk.perMessage, [300, 260]),
    lower('Support page, compressed', 'kB', bundles.support?.all ?? null, [200, 120]),
    lower('Console, compressed', 'kB', bundles.admin?.all ?? null, [450, 300]),
  ];
}
