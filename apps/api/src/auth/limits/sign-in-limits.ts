import { Injectable } from '@nestjs/common';
import { Settings } from '../../platform/config/settings';
import { addressKey } from '../../platform/http/address-key';
import { ProblemError } from '../../platform/http/problem.error';
import type { Limiter } from '../../platform/limits/limiter';
import { Limiters } from '../../platform/limits/limiters';
import { accountKey } from '../users/email-address';
import { KeyedQueue } from './keyed-queue';

/** One try to sign in. */
export interface SignInTry {
  email: string;
  ip: string;
  /** A device this account has used before (`KnownDevice`), or null. */
  device: string | null;
}

const MINUTE = 60;
const MAX_WAITING = 32;

/**
 * Bounds guessing: 5 failures in 5 min for an account from one address or known device, 20 in
 * 15 min for an account from strangers, 300 in 5 min for an address, which may be a whole school.
 * Unknown accounts are counted like known ones. Fails with `rate_limited`, and with `unavailable`
 * while tries cannot be counted.
 */
@Injectable()
export class SignInLimits {
  private readonly nearby: Limiter;
  private readonly account: Limiter;
  private readonly address: Limiter;
  private readonly registrations: Limiter;
  private readonly queue = new KeyedQueue();

  constructor(
    private readonly settings: Settings,
    limiters: Limiters,
  ) {
    const limit = (name: string, points: number, minutes: number): Limiter =>
      limiters.create({ name, points, duration: minutes * MINUTE, withoutStore: 'refuse' });
    this.nearby = limit('sign-in-nearby', 5, 5);
    this.account = limit('sign-in-account', 20, 15);
    this.address = limit('sign-in-address', 300, 5);
    this.registrations = limit('registration', 300, 60);
  }

  /**
   * Tries of one account from one place take turns, so that a burst of them is counted exactly and
   * good ones are not refused for one another.
   * @param work gives null for a failure, which is then counted
   */
  async attempt<T>(
    { email, ip, device }: SignInTry,
    work: () => Promise<T | null>,
  ): Promise<T | null> {
    if (!this.settings.rateLimits) return work();
    const account = accountKey(email);
    const address = addressKey(ip);
    const place = `${device === null ? `address ${address}` : `device ${device}`} ${account}`;
    if (this.queue.length(place) > MAX_WAITING) throw rateLimited(1_000);
    const counters: Counter[] = [[this.nearby, place]];
    if (device === null) counters.push([this.account, account], [this.address, address]);
    return this.queue.run(place, async () => count(counters, work));
  }

  async registration(ip: string): Promise<void> {
    if (this.settings.rateLimits) await consume([this.registrations, addressKey(ip)]);
  }
}

type Counter = [limiter: Limiter, key: string];

async function count<T>(counters: Counter[], work: () => Promise<T | null>): Promise<T | null> {
  const counted: Counter[] = [];
  let isFailure = false;
  try {
    for (const counter of counters) {
      await consume(counter);
      counted.push(counter);
    }
    const result = await work();
    isFailure = result === null;
    return result;
  } finally {
    // Only a wrong guess stays counted: neither success nor a fault of ours, nor in the counters
    // before one that refuses.
    if (!isFailure) await Promise.all(counted.map(async ([limiter, key]) => limiter.giveBack(key)));
  }
}

async function consume([limiter, key]: Counter): Promise<void> {
  const waitMs = await limiter.take(key);
  if (waitMs > 0) throw rateLimited(waitMs);
}

function rateLimited(waitMs: number): ProblemError {
  return new ProblemError('rate_limited', 'Too many tries. Wait a while, then try again.', {
    retryAfter: Math.max(1, waitMs / 1000),
  });
}
