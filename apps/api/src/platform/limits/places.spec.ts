import { describe, expect, it } from '@jest/globals';
import { Places } from './places';

const REFUSED = {
  code: 'rate_limited',
  detail: 'Too many uploads are under way. Wait a moment.',
  extras: { retryAfter: 2 },
};

describe('works under way', () => {
  const done = (): Promise<string> => Promise.resolve('done');

  it('are so many of one person, and no matter to others', async () => {
    const places = new Places('uploads', { ofAll: 9, ofOne: 2 });
    const { promise, resolve } = Promise.withResolvers<string>();
    const running = [1, 2].map(async () => places.hold(7, () => promise));
    await expect(places.hold(7, done)).rejects.toMatchObject(REFUSED);
    expect(await places.hold(8, done)).toBe('done');
    resolve('later');
    expect(await Promise.all(running)).toEqual(['later', 'later']);
    expect(await places.hold(7, done)).toBe('done');
  });

  it('are so many of all together', async () => {
    const places = new Places('uploads', { ofAll: 2, ofOne: 2 });
    const { promise, resolve } = Promise.withResolvers<string>();
    const running = [1, 2].map(async (person) => places.hold(person, () => promise));
    await expect(places.hold(3, done)).rejects.toMatchObject(REFUSED);
    resolve('later');
    await Promise.all(running);
    expect(await places.hold(3, done)).toBe('done');
  });

  it('give their place back when they fail', async () => {
    const places = new Places('uploads', { ofAll: 1, ofOne: 1 });
    const failing = places.hold(1, () => Promise.reject(new Error('on purpose')));
    await expect(failing).rejects.toThrow('on purpose');
    expect(await places.hold(1, done)).toBe('done');
  });
});
