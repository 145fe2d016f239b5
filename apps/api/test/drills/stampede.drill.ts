import { SOCKET_CLOSES } from '@support-chat/contracts';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually';
import { showFigures, timed } from './support/figures';
import { scaled } from './support/scale';
import type { Writer } from './support/sending-load';
import { Stage } from './support/stage';

const SOCKETS = scaled(1_000, 200);
/** Handshakes in any second; for fewer sockets twice their share of it, as chance weighs more. */
const PEAK = Math.min(200, SOCKETS * 0.4);
/** What a client says of a connection that ended without a word (RFC 6455, 7.1.5). */
const CUT = 1006;
/** Those of the apps. */
const PAUSES = { firstMs: 10_000, mostMs: 20_000 };

describe('all sockets come back at once', () => {
  const stage = new Stage();

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    `R23 ${SOCKETS} sockets, the API restarted by %s: all are back within 30 s, spread out, nothing missed`,
    async (signal) => {
      const api = await stage.api(await stage.database());
      const students = await api.students(10);
      const readers = students.flatMap(({ by, conversationId }) =>
        Array.from({ length: SOCKETS / students.length }, () =>
          stage.liveReader({
            target: api,
            conversationId,
            token: () => by.token,
            pauses: PAUSES,
          }),
        ),
      );
      const expectAllLive = (): void => {
        expect(readers.filter(({ isLive }) => !isLive)).toHaveLength(0);
      };
      await eventually(expectAllLive, 30_000);
      const before = Date.now();
      api.current.kill(signal);
      await api.current.exited();
      const goneAt = Date.now();
      await api.start();
      const { ms: backMs } = await timed(async () => eventually(expectAllLive, 40_000));
      const [{ by, conversationId }] = students as [Writer];
      const { body } = await by.send(conversationId, 'after');
      const theirs = readers.slice(0, SOCKETS / students.length);
      await eventually(() => {
        for (const { seen } of theirs) expect(seen.at(-1)?.id).toBe(body.id);
      });
      const returns = readers.flatMap(({ connectedAt }) => connectedAt.filter((at) => at > before));
      // While it stops, 503 is the honest answer; the one that starts must not give any.
      const faults = readers
        .flatMap(({ refusals }) => refusals)
        .filter(({ at, what }) => at > goneAt && what.includes('response: 5'));
      const peak = busiestSecond(returns);
      showFigures(`R23 ${signal}`, {
        sockets: SOCKETS,
        'away for ms': Date.now() - before - backMs,
        'all back after another ms': backMs,
        'most handshakes in a second': peak,
      });
      expect(backMs).toBeLessThan(30_000);
      expect(peak).toBeLessThanOrEqual(PEAK);
      expect(faults).toEqual([]);
      const told = signal === 'SIGTERM' ? SOCKET_CLOSES.restarting : CUT;
      expect([...new Set(readers.flatMap(({ closes }) => closes))]).toEqual([told]);
    },
  );
});

/** The most of these times, in milliseconds, that lie within one second. */
function busiestSecond(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.max(
    ...sorted.map((start, n) => sorted.slice(n).filter((at) => at < start + 1_000).length),
  );
}
