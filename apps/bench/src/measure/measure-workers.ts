import { openLoop } from '../driver/open-loop';
import { SCENARIOS } from '../scenarios';
import { idleUpdates } from '../scenarios/idle.scenarios';
import type { Server } from '../system/server';
import { contest, medianRatio, type Arena, type Contestant, type Failed } from './measure-scenario';
import { medianFigures } from './median';
import type { Figures, Run } from './round';

/** Two worker processes against one. */
export interface WorkersResult extends Failed {
  title: string;
  one: Figures;
  two: Figures;
  /** Throughput of two to that of one; the median of the rounds' ratios. */
  ratio: number;
}

const COMPARED = ['idle-updates', 'poll-new', 'send'];

/**
 * The same work for one process and for two, in turn.
 * @param two the API with two workers, on the large database
 */
export async function measureWorkers(
  arena: Arena,
  two: Server,
  fixedRateConnections: number,
): Promise<WorkersResult[]> {
  const { options } = arena;
  const results: WorkersResult[] = [];
  for (const { id, title, traffic } of SCENARIOS) {
    if (COMPARED.includes(id)) results.push(await compare(arena, two, title, traffic));
  }
  const perSecond = options.fixedRate;
  const paced: Run = async (load) => openLoop({ ...load, perSecond });
  const crowd = { ...arena, options: { ...options, connections: fixedRateConnections } };
  const title = `${perSecond} idle polls a second`;
  return [...results, await compare(crowd, two, title, idleUpdates, paced)];
}

async function compare(
  arena: Arena,
  two: Server,
  title: string,
  traffic: (stage: Arena['large']) => ReturnType<Contestant['traffic']>,
  run?: Run,
): Promise<WorkersResult> {
  const { large } = arena;
  const contestant = (server: Server): Contestant => {
    return { server, traffic: () => traffic(large), rounds: [] };
  };
  const [single, double] = [contestant(large.api), contestant(two)];
  const failed = await contest([single, double], arena, run);
  return {
    ...{ title, one: medianFigures(single.rounds), two: medianFigures(double.rounds) },
    ratio: medianRatio(double, single, ({ perSecond }) => perSecond),
    ...failed,
  };
}
