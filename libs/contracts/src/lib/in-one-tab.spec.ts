import { jest } from '@jest/globals';
import { inOneTab } from './in-one-tab';

describe('inOneTab', () => {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator') ?? {};

  function browserWith(locks: object | undefined): void {
    Object.defineProperty(globalThis, 'navigator', { value: { locks }, configurable: true });
  }

  afterEach(() => {
    Object.defineProperty(globalThis, 'navigator', before);
  });

  it('ux-46 does the work under the lock of its name', async () => {
    const held: string[] = [];
    browserWith({
      request: async (name: string, work: () => Promise<unknown>) => {
        held.push(name);
        return work().finally(() => held.pop());
      },
    });
    expect(await inOneTab('sc.test', () => Promise.resolve([...held]))).toEqual(['sc.test']);
    expect(held).toEqual([]);
  });

  it('ux-46 does the work, once, where locks are refused or missing', async () => {
    const work = jest.fn(() => Promise.resolve('done'));
    browserWith({
      request: () => Promise.reject(new DOMException('Access is denied.', 'SecurityError')),
    });
    expect(await inOneTab('sc.test', work)).toBe('done');
    expect(work).toHaveBeenCalledTimes(1);

    browserWith(undefined);
    expect(await inOneTab('sc.test', work)).toBe('done');
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('ux-46 does work that failed under its lock no second time', async () => {
    const work = jest.fn(() => Promise.reject(new Error('no answer')));
    browserWith({ request: (_name: string, granted: () => Promise<unknown>) => granted() });
    await expect(inOneTab('sc.test', work)).rejects.toThrow('no answer');
    expect(work).toHaveBeenCalledTimes(1);
  });
});
