import type { Options } from '../options';
import type { Scenario, Traffic } from '../scenarios/scenario';
import type { Stage } from '../stage';
import type { DatabaseServer } from '../system/database-server';
import type { Server } from '../system/server';
import { cpuOf, median, medianFigures } from './median';
import { runRound, type Figures } from './round';

export interface ScenarioResult {
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
  failures: string[];
  failureCount: number;
}

export interface Arena {
  options: Options;
  database: DatabaseServer;
  bare: Server;
  large: Stage;
  small: Stage | null;
}

interface Contestant {
  server: Server;
  traffic: () => Traffic | Promise<Traffic>;
  rounds: Figures[];
}

/** Measures a scenario, its rival and the small database round by round in turn. */
export async function measureScenario(scenario: Scenario, arena: Arena): Promise<ScenarioResult> {
  const { large, small, bare, options, database } = arena;
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
  const failures: string[] = [];
  let failureCount = 0;
  for (let round = 0; round < options.rounds; round += 1) {
    for (const contestant of [rival, subject, baseline]) {
      if (!contestant) continue;
      const traffic = await contestant.traffic();
      const result = await runRound(contestant.server, database, traffic, options);
      contestant.rounds.push(result.figures);
      failures.push(...result.failures);
      failureCount += result.failureCount;
    }
  }
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
    failures,
    failureCount,
  };
}

function medianRatio(one: Contestant, other: Contestant, of: (figures: Figures) => number): number {
  const ratios = one.rounds.map((figures, round) => {
    const rival = other.rounds[round];
    return rival ? of(figures) / of(rival) : Number.NaN;
  });
  return median(ratios);
}
