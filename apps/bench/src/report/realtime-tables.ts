import type { RealtimeResult } from '../realtime/measure-realtime';
import type { Realtime } from '../realtime/realtime';
import { formatNumber as n, formatTable } from './table';

const NAMES: Record<RealtimeResult['transport'], string> = {
  socket: 'Socket',
  polling: 'Polling every 3 s',
  relay: 'Bare `ws` relay, nothing stored',
};

/** How long messages take to be seen, and how many can be. */
export function realtimeTables({ latency, most, memory, pacePerSecond }: Realtime): string[] {
  const parts: string[] = [];
  if (latency.length > 0) {
    parts.push(
      `From the sender's call until the other side holds the message, ${pacePerSecond} messages a second in all. Each is stored before it is delivered:`,
      latencyTable(latency),
    );
  }
  if (most.length > 0)
    parts.push('As many messages as can be, seen by the other side:', mostTable(most));
  if (memory) {
    const { authenticated, following, bare } = memory;
    parts.push(
      formatTable(
        [`Memory for each of ${n(memory.sockets)} sockets`, 'KiB'],
        [
          ['Authenticated', n(authenticated)],
          ['Authenticated and following a conversation', n(following)],
          ['Bare `ws` relay', n(bare)],
        ],
      ),
    );
  }
  return parts;
}

function latencyTable(results: readonly RealtimeResult[]): string {
  const byTransport = Object.keys(NAMES).flatMap((name) =>
    results.filter(({ transport }) => transport === name),
  );
  const rows = byTransport.map(({ transport, pairs, p50, p95, p99, cpu }) => [
    `${NAMES[transport]}, ${n(pairs)} pairs`,
    ...[p50, p95, p99, cpu || null].map(n),
  ]);
  return formatTable(['Transport', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU ms a message'], rows);
}

function mostTable(results: readonly RealtimeResult[]): string {
  const rows = results.map(({ transport, pairs, perSecond, p50, p99, cpu }) => [
    `${NAMES[transport]}, ${n(pairs)} pairs`,
    ...[perSecond, p50, p99, cpu || null].map(n),
  ]);
  return formatTable(['Transport', 'per s', 'p50 ms', 'p99 ms', 'CPU ms a message'], rows);
}
