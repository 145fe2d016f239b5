import { describe, expect, it } from '@jest/globals';
import { Turnstile } from './turnstile';

/** A work that ends when told to. */
function work(): { run: () => Promise<string>; started: () => boolean; end: () => void } {
  let isStarted = false;
  const { promise, resolve } = Promise.withResolvers<string>();
  return {
    run: async () => {
      isStarted = true;
      return promise;
    },
    started: () => isStarted,
    end: () => {
      resolve('done');
    },
  };
}

const settle = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('turnstile', () => {
  it('A041 runs so many at once, lets so many wait in order, and refuses the rest', async () => {
    const turnstile = new Turnstile(2, 2);
    const works = Array.from({ length: 5 }, work);
    const passes = works.map(async ({ run }) => turnstile.pass(run).catch((e: unknown) => e));
    await settle();
    expect(works.map(({ started }) => started())).toEqual([true, true, false, false, false]);
    expect(await passes[4]).toMatchObject({ code: 'unavailable', extras: { retryAfter: 2 } });
    works[1]?.end();
    await settle();
    expect(works.map(({ started }) => started())).toEqual([true, true, true, false, false]);
    for (const { end } of works) end();
    expect(await Promise.all(passes.slice(0, 4))).toEqual(['done', 'done', 'done', 'done']);
  });

  it('passes the place on when a work fails', async () => {
    const turnstile = new Turnstile(1, 1);
    const failing = turnstile.pass(async () => Promise.reject(new Error('failed')));
    const next = turnstile.pass(async () => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('failed');
    expect(await next).toBe('done');
    expect(await turnstile.pass(async () => Promise.resolve('again'))).toBe('again');
  });
});
