import { SOCKET_CLOSES } from '@support-chat/contracts';
import { describe, expect, it } from '@jest/globals';
import { showFigures, timed } from './support/figures';
import { scaled } from './support/scale';
import { Stage } from './support/stage';
import { allStored, compareWithTable } from './support/stored';

const RESTARTS = scaled(20, 6);
/** At each instance. */
const SOCKETS = 15;

describe('rolling restarts under load', () => {
  const stage = new Stage();

  it(`R34 ${RESTARTS} restarts in turn of two instances: each ends in order, no request is broken, sockets are told, nothing lost`, async () => {
    const databaseUrl = await stage.database();
    const instances = [await stage.api(databaseUrl), await stage.api(databaseUrl)];
    const balancer = await stage.balancer(instances);
    const writers = (await instances[0]?.students(16)) ?? [];
    const load = stage.load(
      writers.map(({ by, conversationId }) => ({ by: by.at(balancer), conversationId })),
    );
    const readers = instances.flatMap((target) =>
      writers
        .slice(0, SOCKETS)
        .map(({ by, conversationId }) =>
          stage.liveReader({ target, conversationId, token: () => by.token }),
        ),
    );
    const stopMs: number[] = [];
    const spreadsMs: number[] = [];
    for (let n = 0; n < RESTARTS; n += 1) {
      await balancer.seesAll();
      await load.reaches(load.acknowledged.length + 100);
      const api = instances[n % 2];
      if (api === undefined) throw new Error('There are two.');
      const since = Date.now();
      const { ms, result } = await timed(async () => api.stop());
      expect(result).toBe(0);
      stopMs.push(ms);
      const closedAt = readers.flatMap((reader) => reader.closedAt.filter((at) => at >= since));
      spreadsMs.push(Math.max(...closedAt) - Math.min(...closedAt));
      await api.start();
    }
    await load.stop();
    const closes = readers.flatMap((reader) => reader.closes);
    const difference = await compareWithTable(databaseUrl, load.acknowledged);
    showFigures('R34', {
      restarts: RESTARTS,
      'slowest stop ms': Math.max(...stopMs),
      acknowledged: load.acknowledged.length,
      'requests broken': balancer.broken,
      'sockets closed': closes.length,
      'closed over ms at most': Math.max(...spreadsMs),
      'sends not answered at first': [...load.unknown].join(' ') || 0,
      ...difference,
    });
    expect(Math.max(...stopMs)).toBeLessThan(15_000);
    expect([balancer.broken, load.unknowns]).toEqual([0, 0]);
    // Not all at once, or all would come back at once.
    expect(Math.max(...spreadsMs)).toBeGreaterThan(400);
    expect([...new Set(closes)]).toEqual([SOCKET_CLOSES.restarting]);
    expect(difference).toEqual(allStored(load.acknowledged));
  });
});
