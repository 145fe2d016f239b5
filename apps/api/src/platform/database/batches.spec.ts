import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Batches } from './batches';

describe('Batches', () => {
  let ran: string[][];
  let finish: ((results?: string[]) => void)[];
  let batches: Batches<string, string>;

  beforeEach(() => {
    ran = [];
    finish = [];
    batches = new Batches<string, string>({
      lanes: 1,
      size: 3,
      keyOf: (item) => item[0],
      failsAll: () => false,
      run: async (items) => {
        ran.push(items);
        return new Promise((resolve) => {
          finish.push((results = items.map((item) => `${item}!`)) => {
            resolve(results);
          });
        });
      },
    });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const settled = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  const failing = (): Batches<string, string> =>
    new Batches<string, string>({
      lanes: 1,
      size: 3,
      keyOf: (item) => item,
      failsAll: (error) => error instanceof RangeError,
      run: async (items) => {
        if (items.includes('away')) throw new RangeError('away');
        if (items.includes('bad')) throw new Error('no');
        return Promise.resolve(items);
      },
    });

  it('runs at once when nobody else does, and together what came meanwhile, in order', async () => {
    const all = Promise.all(['a', 'b', 'c', 'd', 'e'].map(async (item) => batches.add(item)));
    for (let n = 0; n < 3; n += 1) {
      finish[n]?.();
      await settled();
    }
    expect(ran).toEqual([['a'], ['b', 'c', 'd'], ['e']]);
    expect(await all).toEqual(['a!', 'b!', 'c!', 'd!', 'e!']);
  });

  it('runs the same key one after the other, also where one lasts longer than its batch', async () => {
    const slow = new Batches<string, string>({
      lanes: 2,
      size: 3,
      keyOf: (item) => item[0],
      failsAll: () => false,
      run: async (items) => {
        ran.push(items);
        await settled();
        return items.map(async (item) => {
          await new Promise<void>((resolve) =>
            finish.push(() => {
              resolve();
            }),
          );
          return item;
        });
      },
    });
    const all = Promise.all(['a1', 'b', 'a2', 'a3'].map(async (item) => slow.add(item)));
    for (let n = 0; n < 4; n += 1) {
      await settled();
      await settled();
      finish[n]?.();
    }
    expect(await all).toEqual(['a1', 'b', 'a2', 'a3']);
    expect(ran).toEqual([['a1'], ['b'], ['a2'], ['a3']]);
  });

  it('fails all of a batch that fails, and goes on', async () => {
    const batches = failing();
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'bad', 'c', 'd'].map(async (item) => batches.add(item)),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
  });

  it('R27 fails those who wait as well, where they would only meet the same', async () => {
    const batches = failing();
    const outcomes = await Promise.allSettled(
      ['away', 'b', 'c', 'd', 'e'].map(async (item) => batches.add(item)),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
    expect(await batches.add('f')).toBe('f');
  });

  it('R28 gives up what waited for 2 s, and never begins it', async () => {
    jest.useFakeTimers();
    const first = batches.add('a');
    const late = expect(batches.add('b')).rejects.toMatchObject({ code: 'unavailable' });
    await jest.advanceTimersByTimeAsync(1_500);
    const later = batches.add('c');
    await jest.advanceTimersByTimeAsync(600);
    await late;
    finish[0]?.();
    expect(await first).toBe('a!');
    finish[1]?.();
    expect(await later).toBe('c!');
    expect(ran).toEqual([['a'], ['c']]);
  });

  it('R28 refuses what would wait behind 1,000 others', async () => {
    jest.useFakeTimers();
    const waiting = Array.from({ length: 1_001 }, async () => batches.add('a'));
    await expect(batches.add('b')).rejects.toMatchObject({ code: 'unavailable' });
    const outcomes = Promise.allSettled(waiting);
    await jest.advanceTimersByTimeAsync(2_001);
    finish[0]?.();
    expect((await outcomes).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
