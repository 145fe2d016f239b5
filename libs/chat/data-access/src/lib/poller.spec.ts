import { jest } from '@jest/globals';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { POLL_INTERVALS } from '@support-chat/contracts';
import { NEVER, type Observable, Subject, Subscription, of, throwError } from 'rxjs';
import { Attention, type AttentionLevel } from './attention';
import { type PollOutcome, Poller } from './poller';

const failed = (status: number, retryAfter: string | null = null) => ({
  status,
  error: null,
  headers: { get: (name: string) => (name === 'Retry-After' ? retryAfter : null) },
});

describe('Poller', () => {
  const level = signal<AttentionLevel>('active');
  const wake$ = new Subject<void>();
  let subscription: Subscription;
  let asked = 0;
  let answer: () => Observable<unknown>;
  let outcomes: PollOutcome<unknown>[] = [];

  function start(question: { hasMore?: () => boolean; nudge$?: Observable<unknown> } = {}): void {
    const poller = TestBed.inject(Poller);
    subscription = poller
      .poll({
        ask: () => {
          asked += 1;
          return answer();
        },
        ...question,
      })
      .subscribe((outcome) => outcomes.push(outcome));
  }

  /** How often it asks within a time. */
  async function askedWithin(milliseconds: number): Promise<number> {
    const before = asked;
    await jest.advanceTimersByTimeAsync(milliseconds);
    return asked - before;
  }

  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    level.set('active');
    asked = 0;
    outcomes = [];
    answer = () => of('news');
    TestBed.configureTestingModule({
      providers: [{ provide: Attention, useValue: { level, wake$ } }],
    });
  });

  afterEach(() => {
    subscription.unsubscribe();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('asks every 3 s while looked at, every 15 s when idle, every 60 s when hidden', async () => {
    start();
    expect(asked).toBe(1);
    expect(await askedWithin(30_000)).toBe(10);
    level.set('idle');
    await askedWithin(3_000);
    expect(await askedWithin(60_000)).toBe(4);
    level.set('hidden');
    await askedWithin(15_000);
    expect(await askedWithin(180_000)).toBe(3);
  });

  it('spreads each interval by up to a tenth', async () => {
    const random = jest.spyOn(Math, 'random').mockReturnValue(0);
    start();
    expect(await askedWithin(2_699)).toBe(0);
    expect(await askedWithin(1)).toBe(1);
    random.mockReturnValue(1);
    await askedWithin(2_700);
    expect(await askedWithin(3_299)).toBe(0);
    expect(await askedWithin(1)).toBe(1);
  });

  it('asks at once on return, but never twice at a time', async () => {
    start();
    await askedWithin(1_000);
    wake$.next();
    expect(asked).toBe(2);

    const slow = new Subject<string>();
    answer = () => slow;
    await askedWithin(3_000);
    expect(asked).toBe(3);
    wake$.next();
    wake$.next();
    expect(asked).toBe(3);
    answer = () => of('news');
    slow.next('late');
    slow.complete();
    await askedWithin(0);
    // What the slow answer was too early for is asked for now, once.
    expect(asked).toBe(4);
    expect(await askedWithin(2_999)).toBe(0);
  });

  it('asks again at once while there is more', async () => {
    let left = 3;
    start({ hasMore: () => left-- > 0 });
    await askedWithin(0);
    expect(asked).toBe(4);
    expect(await askedWithin(2_999)).toBe(0);
  });

  it('backs off to 60 s while it fails, and recovers at the first answer', async () => {
    answer = () => throwError(() => failed(0));
    start();
    const waits: number[] = [];
    for (let i = 0; i < 7; i += 1) {
      const from = Date.now();
      const count = asked;
      while (asked === count) await jest.advanceTimersByTimeAsync(500);
      waits.push((Date.now() - from) / 1000);
    }
    expect(waits).toEqual([3, 4, 8, 16, 32, 60, 60]);

    answer = () => of('news');
    wake$.next();
    expect(outcomes.at(-1)).toEqual({ ok: true, value: 'news' });
    expect(await askedWithin(3_000)).toBe(1);
  });

  it('honours Retry-After, nudges or not', async () => {
    answer = () => throwError(() => failed(429, '20'));
    start();
    wake$.next();
    expect(asked).toBe(1);
    expect(await askedWithin(19_999)).toBe(0);
    expect(await askedWithin(1)).toBe(1);
    expect(outcomes[0]).toMatchObject({ ok: false, failure: { code: 'rate_limited' } });
  });

  it('gives up an answer that never comes', async () => {
    answer = () => NEVER;
    start();
    await askedWithin(30_000);
    expect(outcomes).toEqual([
      { ok: false, failure: expect.objectContaining({ code: 'unreachable' }) as unknown },
    ]);
    expect(await askedWithin(3_000)).toBe(1);
  });

  it('stops when nobody listens', async () => {
    start();
    subscription.unsubscribe();
    expect(await askedWithin(POLL_INTERVALS.hiddenMs)).toBe(0);
    expect(wake$.observed).toBe(false);
  });
});
