import { describe, expect, it } from '@jest/globals';
import { ReadThroughCache, type Freshness } from './read-through-cache';

class Source implements Freshness {
  isFresh = true;
  private readonly handlers: (() => void)[] = [];
  onDoubt(forgetAll: () => void): void {
    this.handlers.push(forgetAll);
  }
  doubt(isFresh: boolean): void {
    this.isFresh = isFresh;
    for (const handler of this.handlers) handler();
  }
}

/** A read that the test answers when it likes. */
function slowRead(): {
  read: () => Promise<number>;
  answer: (value: number) => void;
  count: () => number;
} {
  let reads = 0;
  let resolve: (value: number) => void = () => undefined;
  return {
    read: async () => {
      reads += 1;
      return new Promise((done) => (resolve = done));
    },
    answer: (value) => {
      resolve(value);
    },
    count: () => reads,
  };
}

describe('ReadThroughCache', () => {
  it('reads once for all who ask at the same time, then answers from memory', async () => {
    const cache = new ReadThroughCache<string, number>(new Source(), 10);
    const { read, answer, count } = slowRead();
    const both = [cache.get('a', read), cache.get('a', read)];
    answer(7);
    expect(await Promise.all(both)).toEqual([7, 7]);
    expect(await cache.get('a', read)).toBe(7);
    expect([cache.peek('a'), count()]).toEqual([7, 1]);
  });

  it('never keeps a read that began before the value changed', async () => {
    const cache = new ReadThroughCache<string, number>(new Source(), 10);
    for (const change of [
      () => {
        cache.forget('a');
      },
      () => {
        cache.revise('a', (value) => value + 1);
      },
      () => {
        cache.clear();
      },
    ]) {
      const { read, answer } = slowRead();
      const old = cache.get('a', read);
      change();
      answer(1);
      expect(await old).toBe(1);
      expect(cache.peek('a')).toBeUndefined();
    }
  });

  it('who asks after a change does not join a read from before it', async () => {
    const cache = new ReadThroughCache<string, number>(new Source(), 10);
    const before = slowRead();
    const after = slowRead();
    const old = cache.get('a', before.read);
    cache.forget('a');
    const fresh = cache.get('a', after.read);
    before.answer(1);
    after.answer(2);
    expect([await old, await fresh, cache.peek('a')]).toEqual([1, 2, 2]);
  });

  it('revises what it holds', async () => {
    const cache = new ReadThroughCache<string, number>(new Source(), 10);
    await cache.get('a', async () => Promise.resolve(5));
    cache.revise('a', (value) => Math.max(value, 9));
    cache.revise('b', () => 1);
    expect([cache.peek('a'), cache.peek('b')]).toEqual([9, undefined]);
  });

  it('answers nothing from memory while the news are in doubt', async () => {
    const source = new Source();
    const cache = new ReadThroughCache<string, number>(source, 10);
    await cache.get('a', async () => Promise.resolve(1));
    const { read, answer } = slowRead();
    const during = cache.get('b', read);
    source.doubt(false);
    answer(2);
    await during;
    expect(await cache.get('a', async () => Promise.resolve(3))).toBe(3);
    source.doubt(true);
    expect([cache.peek('a'), cache.peek('b')]).toEqual([undefined, undefined]);
  });

  it('does not keep failures, and forgets the oldest beyond its size', async () => {
    const cache = new ReadThroughCache<number, number>(new Source(), 2);
    await expect(cache.get(1, async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    for (const n of [1, 2, 3]) await cache.get(n, async () => Promise.resolve(n));
    expect([1, 2, 3].map((n) => cache.peek(n))).toEqual([undefined, 2, 3]);
  });
});
