import type { BundleSize } from './measure/bundle-size';
import type { Disk } from './measure/disk';
import type { ScenarioResult } from './measure/measure-scenario';
import type { WorkersResult } from './measure/measure-workers';
import type { Memory } from './measure/memory';
import type { Round } from './measure/round';
import type { Realtime } from './realtime/realtime';

/** Everything a run found out. */
export interface Results {
  /** Messages of the large and of the small database, for people. */
  large: string;
  small: string | null;
  /** From the start of the API to its first answer, the database being up. */
  startMs: number;
  atRest: Memory | null;
  underLoad: Memory | null;
  disk: Disk;
  scenarios: ScenarioResult[];
  /** With hundreds of unread messages in each active conversation; growth is from before that. */
  piledUp: ScenarioResult[];
  fixedRate: { perSecond: number; round: Round } | null;
  realtime: Realtime | null;
  workers: WorkersResult[];
  bundles: Record<'support' | 'admin', BundleSize | null>;
}

/** All requests that failed or were not answered as expected, and what was wrong. */
export function failuresOf({ scenarios, piledUp, fixedRate, realtime, workers }: Results): {
  count: number;
  lines: string[];
} {
  const parts = [
    ...scenarios.map((result) => ({ ...result, name: result.id })),
    ...piledUp.map((result) => ({ ...result, name: `${result.id}, piled up` })),
    ...[...(realtime?.latency ?? []), ...(realtime?.most ?? [])].map((result) => ({
      ...result,
      name: `${result.transport}, ${result.pairs} pairs`,
    })),
    ...workers.map((result) => ({ ...result, name: `workers, ${result.title}` })),
    ...(fixedRate ? [{ ...fixedRate.round, name: 'fixed rate' }] : []),
  ];
  return {
    count: parts.reduce((sum, { failureCount }) => sum + failureCount, 0),
    lines: parts.flatMap(({ name, failures }) => failures.map((line) => `${name}: ${line}`)),
  };
}
