import { describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually';
import { showFigures, timed } from './support/figures';
import { SCALE, scaled } from './support/scale';
import { Stage } from './support/stage';
import { allStored, compareWithTable } from './support/stored';

const KILLS = scaled(10, 3);

describe('kill -9 of the database under load', () => {
  const stage = new Stage();

  it(`R02 ${KILLS} kills of all PostgreSQL processes lose no acknowledged message`, async () => {
    const database = await stage.ownDatabase();
    const api = await stage.api(database.url);
    const load = stage.load(await api.students(16));
    const backMs: number[] = [];
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await delay((2_000 + Math.random() * 4_000) * SCALE);
      await load.reaches(load.acknowledged.length + 100);
      await database.kill();
      const before = load.acknowledged.length;
      backMs.push((await timed(async () => load.reaches(before + 32))).ms);
    }
    await load.stop();
    const difference = await compareWithTable(database.url, load.acknowledged);
    showFigures('R02', {
      kills: KILLS,
      acknowledged: load.acknowledged.length,
      'outcomes unknown at first': load.unknowns,
      'of them stored before': load.replays,
      'slowest return ms': Math.max(...backMs),
      ...difference,
    });
    expect(difference).toEqual(allStored(load.acknowledged));
    expect(load.unknowns).toBeGreaterThan(0);
    // The same process all the time, well again without a restart.
    await eventually(async () => {
      expect(await api.health('ready')).toBe(200);
    });
  });
});
