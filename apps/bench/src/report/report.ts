import { cpus, totalmem } from 'node:os';
import type { ScenarioResult } from '../measure/measure-scenario';
import { cpuOf } from '../measure/median';
import { failuresOf, type Results } from '../results';
import { goalsOf, judge, type Goal, type Verdict } from './goals';
import { realtimeTables } from './realtime-tables';
import { formatNumber as n, formatTable } from './table';
import { workersTable } from './workers-table';

const MARKS: Record<Verdict, string> = {
  goal: 'goal ✓',
  floor: 'floor ✓',
  missed: '✗',
  unknown: '–',
};

/** The whole report as Markdown, ready for the README. */
export function formatReport(results: Results): string {
  const { large, small } = results;
  const failures = failuresOf(results);
  return [
    `Measured on ${describeMachine()}, shared by driver, servers and database. ${large} messages.`,
    ...(results.scenarios.length > 0
      ? [
          scenarioTable(results.scenarios, small),
          'CPU is of all server processes, API and database together. "Of bare" is throughput against a bare `node:http` server, for queries with one prepared statement, measured in turn in the same run.',
        ]
      : []),
    ...(results.piledUp.length > 0
      ? [
          'With 500 unread messages in each active conversation:',
          scenarioTable(results.piledUp, 'before'),
        ]
      : []),
    ...(results.realtime ? realtimeTables(results.realtime) : []),
    ...(results.workers.length > 0 ? workersTable(results.workers) : []),
    systemTable(results),
    goalTable(goalsOf(results)),
    `Requests that failed or were answered wrongly: ${failures.count}.`,
    ...failures.lines,
  ].join('\n\n');
}

function describeMachine(): string {
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${gib} GiB`;
}

function scenarioTable(scenarios: readonly ScenarioResult[], from: string | null): string {
  const header = ['Scenario', 'per s', 'p50 ms', 'p99 ms', 'CPU ms', 'of bare'];
  if (from !== null) header.push(`CPU to ${from}`);
  const rows = scenarios.map(({ title, figures, rival, toRival, growth }) => {
    const isBare = rival !== null && rival.title !== 'its first page';
    return [
      title,
      n(figures.perSecond),
      n(figures.p50),
      n(figures.p99),
      n(cpuOf(figures) || null),
      isBare ? n(toRival?.throughput) : '–',
      ...(from === null ? [] : [n(growth)]),
    ];
  });
  return formatTable(header, rows);
}

function systemTable({ atRest, underLoad, startMs, disk, fixedRate, bundles }: Results): string {
  const rows = [
    ['API process at rest / under load', `${n(atRest?.api)} / ${n(underLoad?.api)} MiB`],
    ['Database at rest / under load', `${n(atRest?.database)} / ${n(underLoad?.database)} MiB`],
    ['Start of the API, database up', `${n(startMs / 1000)} s`],
    [
      `Disk for a message of ${n(disk.contentBytes)} bytes, with indexes (the row alone)`,
      `${n(disk.perMessage)} (${n(disk.rowOnly)}) bytes`,
    ],
    ['Disk for noting who read it', `${n(disk.perReadStatus)} bytes`],
    ...(fixedRate
      ? [
          [
            `${n(fixedRate.perSecond)} idle polls a second: p50 / p99`,
            `${n(fixedRate.round.figures.p50)} / ${n(fixedRate.round.figures.p99)} ms`,
          ],
        ]
      : []),
    ...Object.entries(bundles).map(([app, size]) => [
      `App "${app}", compressed: first load / all`,
      `${n(size?.firstLoad)} / ${n(size?.all)} kB`,
    ]),
  ];
  return formatTable(['System', ''], rows);
}

function goalTable(goals: readonly Goal[]): string {
  const rows = goals.map((goal) => {
    const limit = (value: number): string =>
      Number.isFinite(value) ? `${goal.better === 'higher' ? '≥' : '≤'} ${n(value)}` : '–';
    return [
      goal.what,
      `${n(goal.value)} ${goal.unit}`,
      limit(goal.floor),
      limit(goal.goal),
      MARKS[judge(goal)],
    ];
  });
  return formatTable(['Goal', 'measured', 'floor', 'goal', 'reached'], rows);
}
