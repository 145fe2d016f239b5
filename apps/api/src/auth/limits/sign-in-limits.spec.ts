import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Settings } from '../../platform/config/settings';
import { Limiters } from '../../platform/limits/limiters';
import { ProblemError } from '../../platform/http/problem.error';
import { SignInLimits, type SignInTry } from './sign-in-limits';

const limits = (rateLimits = true): SignInLimits => {
  const settings = new Settings({ rateLimits } as Settings);
  return new SignInLimits(settings, new Limiters(null, '', settings));
};

const from = (ip: string, email = 'sam@school.test', device: string | null = null): SignInTry => ({
  ip,
  email,
  device,
});
const wrong = async (): Promise<null> => Promise.resolve(null);
const right = async (): Promise<string> => Promise.resolve('session');

/** What became of a try: the answer, or the seconds to wait. */
async function outcome(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.catch((error: unknown) => {
    if (!(error instanceof ProblemError) || error.code !== 'rate_limited') throw error;
    return error.extras.retryAfter;
  });
}

describe('sign-in limits', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('A035 refuse the sixth try in 5 min, even with the right password', async () => {
    const guard = limits();
    for (let i = 0; i < 5; i += 1) {
      expect(await guard.attempt(from('192.0.2.1'), wrong)).toBeNull();
    }
    expect(await outcome(guard.attempt(from('192.0.2.1'), right))).toBeCloseTo(300, 0);
    jest.advanceTimersByTime(300_000);
    expect(await guard.attempt(from('192.0.2.1'), right)).toBe('session');
  });

  it('A035 count an account in any spelling', async () => {
    const guard = limits();
    for (const email of ['A@x.test', 'a@X.test', ' a@x.test', 'a@x.test', 'A@X.TEST']) {
      await guard.attempt(from('192.0.2.1', email), wrong);
    }
    expect(await outcome(guard.attempt(from('192.0.2.1', 'a@x.test'), wrong))).toBeCloseTo(300, 0);
  });

  it('A035 leave other people at the same address alone', async () => {
    const guard = limits();
    for (let i = 0; i < 6; i += 1) await outcome(guard.attempt(from('192.0.2.1'), wrong));
    expect(await guard.attempt(from('192.0.2.1', 'ada@school.test'), right)).toBe('session');
  });

  it('A035 do not lock the owner out on a known device', async () => {
    const guard = limits();
    for (let i = 0; i < 400; i += 1) {
      await outcome(guard.attempt(from(`192.0.2.${i % 250}`), wrong));
    }
    expect(await outcome(guard.attempt(from('198.51.100.1'), right))).toEqual(expect.any(Number));
    const owner = from('192.0.2.1', 'sam@school.test', 'laptop');
    expect(await guard.attempt(owner, right)).toBe('session');
    for (let i = 0; i < 5; i += 1) expect(await guard.attempt(owner, wrong)).toBeNull();
    expect(await outcome(guard.attempt(owner, right))).toEqual(expect.any(Number));
  });

  it('bound strangers from anywhere to 20 failures of an account in 15 min', async () => {
    const guard = limits();
    const results: unknown[] = [];
    for (let i = 0; i < 25; i += 1) {
      results.push(await outcome(guard.attempt(from(`192.0.2.${i}`), wrong)));
    }
    expect(results.filter((result) => result === null)).toHaveLength(20);
    expect(results.at(-1)).toBeCloseTo(900, 0);
  });

  it('bound one address to 300 failures in 5 min', async () => {
    const guard = limits();
    const results: unknown[] = [];
    for (let i = 0; i < 310; i += 1) {
      results.push(await outcome(guard.attempt(from('192.0.2.1', `${i}@school.test`), wrong)));
    }
    expect(results.filter((result) => result === null)).toHaveLength(300);
  });

  it('R26 are exact when 30 wrong tries come at once', async () => {
    const guard = limits();
    const tries = Array.from({ length: 30 }, async () =>
      outcome(guard.attempt(from('::1'), wrong)),
    );
    const results = await Promise.all(tries);
    expect(results.filter((result) => result === null)).toHaveLength(5);
  });

  it('let 30 right tries at once all pass', async () => {
    const guard = limits();
    const tries = Array.from({ length: 30 }, async () => guard.attempt(from('::1'), right));
    expect(await Promise.all(tries)).toEqual(Array.from({ length: 30 }, () => 'session'));
  });

  it('A035 let the owner in as soon as the strangers are forgotten, however often refused before', async () => {
    const guard = limits();
    for (let i = 0; i < 20; i += 1) await guard.attempt(from(`192.0.2.${i}`), wrong);
    jest.advanceTimersByTime(14.5 * 60_000);
    const owner = from('198.51.100.1');
    for (let i = 0; i < 10; i += 1) {
      expect(await outcome(guard.attempt(owner, right))).toBeCloseTo(30, 0);
    }
    jest.advanceTimersByTime(31_000);
    expect(await guard.attempt(owner, right)).toBe('session');
  });

  it('do not count a fault of ours', async () => {
    const guard = limits();
    const fault = async (): Promise<never> => Promise.reject(new Error('database away'));
    for (let i = 0; i < 10; i += 1) {
      await expect(guard.attempt(from('::1'), fault)).rejects.toThrow('database away');
    }
    expect(await guard.attempt(from('::1'), right)).toBe('session');
  });

  it('bound registrations from one address', async () => {
    const guard = limits();
    for (let i = 0; i < 300; i += 1) await guard.registration('192.0.2.1');
    await expect(guard.registration('192.0.2.1')).rejects.toMatchObject({ code: 'rate_limited' });
    await guard.registration('192.0.2.2');
  });

  it('can be switched off', async () => {
    const guard = limits(false);
    for (let i = 0; i < 400; i += 1) {
      await guard.attempt(from('::1'), wrong);
      await guard.registration('::1');
    }
  });
});
