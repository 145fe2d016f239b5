import { IDLE_SCENARIOS } from './idle.scenarios';
import { READ_SCENARIOS } from './read.scenarios';
import type { Scenario } from './scenario';
import { WRITE_SCENARIOS } from './write.scenarios';

export const SCENARIOS: readonly Scenario[] = [
  ...IDLE_SCENARIOS,
  ...READ_SCENARIOS,
  ...WRITE_SCENARIOS,
];
