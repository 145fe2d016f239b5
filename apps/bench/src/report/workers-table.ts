import type { WorkersResult } from '../measure/measure-workers';
import { cpuOf } from '../measure/median';
import { formatNumber as n, formatTable } from './table';

/** What a second worker process brings where driver and database share the machine with it. */
export function workersTable(results: readonly WorkersResult[]): string[] {
  const rows = results.map(({ title, one, two, ratio }) => [
    title,
    `${n(one.perSecond)} / ${n(two.perSecond)}`,
    n(ratio),
    `${n(one.p99)} / ${n(two.p99)}`,
    `${n(cpuOf(one) || null)} / ${n(cpuOf(two) || null)}`,
  ]);
  return [
    'One worker process / two (`WEB_CONCURRENCY=2`), on the same database:',
    formatTable(['Scenario', 'per s', 'two to one', 'p99 ms', 'CPU ms'], rows),
  ];
}
