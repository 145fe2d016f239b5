import type { Options } from '../options';
import type { Scenario, Traffic } from '../scenarios/scenario';
import type { Stage } from '../stage';
import type { DatabaseServer } from '../system/database-server';
import type { Server } from '../system/server';
import { cpuOf, median, medianFigures } from './median';
import { runRound, type Figures, type Run } from './round';

export interface ScenarioResult extends Failed {
  id: string;
  title: string;
  /** On the large database. */
  figures: Figures;
  rival: { title: string; figures: Figures } | null;
  /** Of the large database to the rival; medians of the ratios of each round. */
  toRival: { throughput: number; cpu: number } | null;
  /** On the small database. */
  baseline: Figures | null;
  /** CPU on the large database to that on the small one. */
  growth: number | null;
}

export interface Arena {
  options: Options;
  database: DatabaseServer;
  bare: Server;
  large: Stage;
  small: Stage | null;
}

/** One of several that do the same in turn. */
export interface Contestant {
  server: Server;
  traffic: () => Traffic | Promise<Traffic>;
  rounds: Figures[];
}

export interface Failed {
  failures: string[];
  failureCount: number;
}

/** Measures a scenario, its rival and the small database round by round in turn. */
export async function measureScenario(scenario: Scenario, arena: Arena): Promise<ScenarioResult> {
  const { large, small, bare } = arena;
  const { id, title, against } = scenario;
  const onStage = (stage: Stage): Contestant => ({
    server: stage.api,
    traffic: () => scenario.traffic(stage),
    rounds: [],
  });
  const subject = onStage(large);
  const rival: Contestant | null = against
    ? {
        server: against.server === 'bare' ? bare : large.api,
        traffic: () => against.traffic(large),
        rounds: [],
      }
    : null;
  const baseline = small && onStage(small);
  const contestants = [rival, subject, baseline].filter((contestant) => contestant !== null);
  const failed = await contest(contestants, arena);
  return {
    id,
    title,
    figures: medianFigures(subject.rounds),
    rival: against && rival ? { title: against.title, figures: medianFigures(rival.rounds) } : null,
    toRival: rival && {
      throughput: medianRatio(subject, rival, ({ perSecond }) => perSecond),
      cpu: medianRatio(subject, rival, cpuOf),
    },
    baseline: baseline && medianFigures(baseline.rounds),
    growth: baseline && medianRatio(subject, baseline, cpuOf),
    ...failed,
  };
}

/** Round by round, so that whatever else the machine does meets all of them. */
export async function contest(
  contestants: readonly Contestant[],
  { options, database }: Pick<Arena, 'options' | 'database'>,
  run?: Run,
): Promise<Failed> {
  const failed: Failed = { failures: [], failureCount: 0 };
  for (let round = 0; round < options.rounds; round += 1) {
    for (const { server, traffic, rounds } of contestants) {
      const result = await runRound(server, database, await traffic(), options, run);
      rounds.push(result.figures);
      failed.failures.push(...result.failures);
      failed.failureCount += result.failureCount;
    }
  }
  return failed;
}

/** Of the ratios of each round. */
export function medianRatio(
  one: Contestant,
  other: Contestant,
  of: (figures: Figures) => number,
): number {
  const ratios = one.rounds.map((figures, round) => {
    const rival = other.rounds[round];
    return rival ? of(figures) / of(rival) : Number.NaN;
  });
  return median(ratios);
}
