import { describe, expect, it } from '@jest/globals';
import { ConcurrencyLimit } from './concurrency-limit';

const REFUSED = {
  code: 'rate_limited',
  detail: 'Too many uploads are under way. Wait a moment.',
  extras: { retryAfter: 2 },
};

describe('works under way', () => {
  const done = (): Promise<string> => Promise.resolve('done');

  it('are so many of one person, and no matter to others', async () => {
    const limit = new ConcurrencyLimit('uploads', { ofAll: 9, ofOne: 2 }, true);
    const { promise, resolve } = Promise.withResolvers<string>();
    const running = [1, 2].map(async () => limit.hold(7, () => promise));
    await expect(limit.hold(7, done)).rejects.toMatchObject(REFUSED);
    expect(await limit.hold(8, done)).toBe('done');
    resolve('later');
    expect(await Promise.all(running)).toEqual(['later', 'later']);
    expect(await limit.hold(7, done)).toBe('done');
  });

  it('are so many of all together', async () => {
    const limit = new ConcurrencyLimit('uploads', { ofAll: 2, ofOne: 2 }, true);
    const { promise, resolve } = Promise.withResolvers<string>();
    const running = [1, 2].map(async (person) => limit.hold(person, () => promise));
    await expect(limit.hold(3, done)).rejects.toMatchObject(REFUSED);
    resolve('later');
    await Promise.all(running);
    expect(await limit.hold(3, done)).toBe('done');
  });

  it('give their place back when they fail', async () => {
    const limit = new ConcurrencyLimit('uploads', { ofAll: 1, ofOne: 1 }, true);
    const failing = limit.hold(1, () => Promise.reject(new Error('on purpose')));
    await expect(failing).rejects.toThrow('on purpose');
    expect(await limit.hold(1, done)).toBe('done');
  });

  it('are never too many where limits are off', async () => {
    const limit = new ConcurrencyLimit('uploads', { ofAll: 1, ofOne: 1 }, false);
    const works = [1, 1, 2].map(async (person) => limit.hold(person, done));
    expect(await Promise.all(works)).toEqual(['done', 'done', 'done']);
  });
});
