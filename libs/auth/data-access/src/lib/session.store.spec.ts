import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { REFRESH_ANSWER_WITHIN_MS, REFRESH_GRACE_SECONDS } from '@support-chat/contracts';
import { SIGN_OUT_WORK } from './sign-out-work.token';
import {
  LOGIN,
  LOGOUT,
  REFRESH,
  cutRenewal,
  problem,
  session,
  sessionTestBed,
  settle,
} from './testing/session-test-bed';

describe('SessionStore', () => {
  const body = { email: 'u1@example.org', password: 'correct horse' };

  it('signs in and tells the other tabs', async () => {
    const { store, server, told } = sessionTestBed();
    const result = store.signIn(body);
    server.expectOne(LOGIN).flush(session('first'));
    expect(await result).toBeNull();
    expect(store.status()).toBe('signed-in');
    expect(store.freshToken()).toBe('first');
    expect(told).toEqual(['signed-in']);
  });

  it('says why signing in failed, with the wait of a limit', async () => {
    const { store, server } = sessionTestBed();
    const result = store.signIn(body);
    const headers = { 'Retry-After': '12' };
    server
      .expectOne(LOGIN)
      .flush(problem('rate_limited'), { status: 429, statusText: '', headers });
    expect(await result).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 12 });
    expect(store.status()).toBe('unknown');
  });

  it('signs out only when the server knows', async () => {
    const { store, server, told } = sessionTestBed();
    store.adopt(session('first'));
    const failed = store.signOut();
    await settle();
    server.expectOne(LOGOUT).error(new ProgressEvent('error'));
    expect(await failed).toMatchObject({ code: 'unreachable' });
    expect(store.status()).toBe('signed-in');

    const done = store.signOut();
    await settle();
    server.expectOne(LOGOUT).flush(null, { status: 204, statusText: '' });
    expect(await done).toBeNull();
    expect(store.status()).toBe('signed-out');
    expect(store.user()).toBeNull();
    expect(told).toEqual(['signed-out']);
  });

  it('does what ends with the session while the server still knows who asks', async () => {
    const { store, server } = sessionTestBed();
    store.adopt(session('first'));
    let finish: () => void = () => undefined;
    const work = new Promise<void>((resolve) => (finish = resolve));
    jest.spyOn(TestBed.inject(SIGN_OUT_WORK), 'run').mockReturnValue(work);
    const done = store.signOut();
    await settle();
    server.expectNone(LOGOUT);
    finish();
    await settle();
    server.expectOne(LOGOUT).flush(null, { status: 204, statusText: '' });
    expect(await done).toBeNull();
  });

  it('ux-44 takes that back when the server still knows who asks', async () => {
    const { store, server } = sessionTestBed();
    store.adopt(session('first'));
    const undo = jest.spyOn(TestBed.inject(SIGN_OUT_WORK), 'undo');
    const failed = store.signOut();
    await settle();
    server.expectOne(LOGOUT).flush(problem('unavailable'), { status: 503, statusText: '' });
    expect(await failed).toMatchObject({ code: 'unavailable' });
    expect(undo).toHaveBeenCalledTimes(1);

    const done = store.signOut();
    await settle();
    server.expectOne(LOGOUT).flush(null, { status: 204, statusText: '' });
    expect(await done).toBeNull();
    expect(undo).toHaveBeenCalledTimes(1);
  });

  it('ux-49 goes on after signing in again', async () => {
    const { store, server } = sessionTestBed();
    store.adopt(session('first'));
    store.expire();
    expect(store.expired()).toBe(true);
    const result = store.signIn(body);
    server.expectOne(LOGIN).flush(session('second'));
    await result;
    expect(store.expired()).toBe(false);
    expect(store.freshToken()).toBe('second');
  });

  it('A031 starts afresh when the person has another role by now', () => {
    const { store, reloads } = sessionTestBed();
    store.adopt(session('first', 1, 'admin'));
    expect(store.adopt(session('second', 1, 'user'))).toBe(false);
    expect(reloads()).toBe(1);
    expect(store.freshToken()).toBe('first');
    expect(store.user()?.role).toBe('admin');
  });
});

describe('SessionKeeper', () => {
  it('restores a session at start', async () => {
    const { store, keeper, server } = sessionTestBed();
    const known = store.whenKnown();
    keeper.restore();
    await settle();
    server.expectOne(REFRESH).flush(session('first'));
    expect(await known).toBe('signed-in');
  });

  it('knows nobody when the server refuses', async () => {
    const { store, keeper, server } = sessionTestBed();
    const known = store.whenKnown();
    keeper.restore();
    await settle();
    server.expectOne(REFRESH).flush(problem('unauthenticated'), { status: 401, statusText: '' });
    expect(await known).toBe('signed-out');
    expect(store.expired()).toBe(false);
  });

  it('keeps asking while the server is away, at once when the browser is online again', async () => {
    const { store, keeper, server } = sessionTestBed();
    keeper.restore();
    await settle();
    cutRenewal(server);
    await settle();
    expect(keeper.restoreFailure()).toMatchObject({ code: 'unreachable' });
    expect(store.status()).toBe('unknown');

    globalThis.dispatchEvent(new Event('online'));
    await settle();
    server.expectOne(REFRESH).flush(session('first'));
    await settle();
    expect(store.status()).toBe('signed-in');
    expect(keeper.restoreFailure()).toBeNull();
  });

  it('R16 asks again while the server still takes the old cookie when an answer is lost', async () => {
    jest.useFakeTimers();
    try {
      const { store, keeper, server } = sessionTestBed();
      keeper.restore();
      await jest.advanceTimersByTimeAsync(0);
      const lost = server.expectOne(REFRESH);
      await jest.advanceTimersByTimeAsync(REFRESH_ANSWER_WITHIN_MS);
      expect(lost.cancelled).toBe(true);
      const again = server.expectOne(REFRESH);
      // A slow line has time to bring the second answer.
      await jest.advanceTimersByTimeAsync(REFRESH_GRACE_SECONDS * 1000);
      again.flush(session('first'));
      await jest.advanceTimersByTimeAsync(0);
      expect(store.status()).toBe('signed-in');
      server.verify();
    } finally {
      jest.useRealTimers();
    }
  });

  it('ux-46 restores a session where the browser refuses locks', async () => {
    const { store, keeper, server } = sessionTestBed();
    const request = () => Promise.reject(new DOMException('Access is denied.', 'SecurityError'));
    Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true });
    keeper.restore();
    await settle();
    server.expectOne(REFRESH).flush(session('first'));
    await settle();
    expect(store.status()).toBe('signed-in');
  });

  it('follows the other tabs out and in', async () => {
    const { store, keeper, server, news$ } = sessionTestBed();
    expect(keeper).toBeDefined();
    store.adopt(session('first'));
    news$.next('signed-out');
    expect(store.status()).toBe('signed-out');
    news$.next('signed-in');
    await settle();
    server.expectOne(REFRESH).flush(session('second'));
    await settle();
    expect(store.status()).toBe('signed-in');
  });
});
