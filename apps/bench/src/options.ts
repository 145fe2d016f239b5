import { parseArgs } from 'node:util';

/** What a run measures and how long it takes. */
export interface Options {
  /** Messages of the large database. */
  messages: number;
  /** Messages of the small one, for growth; null where the large one is as small. */
  baseline: number | null;
  conversations: number;
  activeUsers: number;
  connections: number;
  rounds: number;
  seconds: number;
  warmUpSeconds: number;
  /** Idle polls a second of the fixed-rate part. */
  fixedRate: number;
  /** How many pairs talk at once in the parts about real time, one after the other. */
  pairs: readonly number[];
  /** Messages a second that they write, over all. */
  pacePerSecond: number;
  /** Pairs that write as much as they can. */
  busyPairs: number;
  /** Sockets whose memory is measured. */
  idleSockets: number;
  /** How long memory must not change to count as at rest. */
  steadySeconds: number;
  /** Only scenarios whose id contains this. */
  scenario: string;
  /** Folder for the report. */
  output: string;
  /** Options for the API's node process, for profiling. */
  apiNodeOptions: string[];
}

export const USAGE = `npm run bench -- [options]

  --quick             a few minutes: less data, shorter rounds
  --messages N        messages of the large database (1000000)
  --seconds N         length of a round (3)
  --rounds N          rounds, of which the median counts (3)
  --scenario TEXT     only scenarios whose id contains this, such as send or realtime
  --rate N            idle polls a second of the fixed-rate part (2500)
  --output FOLDER     where the report goes (dist/bench)
  --node-option TEXT  option for the API's node process, such as --cpu-prof; repeatable
`;

const BASELINE_MESSAGES = 10_000;

/** @throws TypeError for unknown options */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      messages: { type: 'string' },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      scenario: { type: 'string', default: '' },
      rate: { type: 'string' },
      output: { type: 'string', default: 'dist/bench' },
      'node-option': { type: 'string', multiple: true, default: [] },
    },
  });
  const { quick, scenario, output } = values;
  const seconds = number('seconds', values.seconds, quick ? 0.5 : 3);
  const messages = number('messages', values.messages, quick ? 20_000 : 1_000_000);
  return {
    messages,
    baseline: !quick && messages > BASELINE_MESSAGES ? BASELINE_MESSAGES : null,
    conversations: quick ? 500 : 10_000,
    activeUsers: quick ? 16 : 200,
    connections: 16,
    rounds: number('rounds', values.rounds, quick ? 1 : 3),
    seconds,
    warmUpSeconds: Math.min(1, seconds / 2),
    fixedRate: number('rate', values.rate, quick ? 500 : 2500),
    pairs: quick ? [4] : [10, 100, 250, 1000],
    pacePerSecond: quick ? 40 : 100,
    busyPairs: quick ? 16 : 100,
    idleSockets: quick ? 50 : 5000,
    steadySeconds: quick ? 1 : 5,
    scenario,
    output,
    apiNodeOptions: values['node-option'],
  };
}

function number(name: string, value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  const parsed = Number(value);
  if (!(parsed > 0)) throw new TypeError(`--${name} must be a number above 0.`);
  return parsed;
}
