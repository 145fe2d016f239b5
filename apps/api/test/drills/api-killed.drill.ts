import { describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { showFigures, timed } from './support/figures';
import { SCALE, scaled } from './support/scale';
import { Stage } from './support/stage';
import { allStored, compareWithTable } from './support/stored';

const KILLS = scaled(20, 5);
const SENDS = scaled(10_000, 2_000);

describe('kill -9 of the API under load', () => {
  const stage = new Stage();

  it(`R01 R04 ${KILLS} kills lose no acknowledged message of ${SENDS}, and repeats double none`, async () => {
    const databaseUrl = await stage.database();
    const api = await stage.api(databaseUrl);
    const load = stage.load(await api.students(16));
    const backMs: number[] = [];
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await delay((2_000 + Math.random() * 4_000) * SCALE);
      await api.kill();
      backMs.push((await timed(async () => api.start())).ms);
    }
    await load.reaches(SENDS);
    await load.stop();
    const difference = await compareWithTable(databaseUrl, load.acknowledged);
    showFigures('R01', {
      kills: KILLS,
      acknowledged: load.acknowledged.length,
      'outcomes unknown at first': load.unknowns,
      'of them stored before': load.replays,
      'slowest start ms': Math.max(...backMs),
      ...difference,
    });
    expect(difference).toEqual(allStored(load.acknowledged));
    // Otherwise no kill met a send.
    expect(load.unknowns).toBeGreaterThan(0);
  });
});
