import { jest } from '@jest/globals';
import { HttpErrorResponse } from '@angular/common/http';
import { firstValueFrom } from 'rxjs';
import {
  REFRESH,
  cutRenewal,
  problem,
  session,
  sessionTestBed,
  settle,
} from './testing/session-test-bed';

const CALL = '/api/chat/unread-count/';

function signedIn() {
  const bed = sessionTestBed();
  bed.store.adopt(session('first'));
  return bed;
}

describe('authInterceptor', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('signs calls of the own API', () => {
    const { http, server } = signedIn();
    http.get(CALL).subscribe();
    expect(server.expectOne(CALL).request.headers.get('Authorization')).toBe('Bearer first');
  });

  it('shows the token to nobody else', () => {
    const { http, server } = signedIn();
    for (const url of [
      'https://elsewhere.example/api/chat/',
      '//elsewhere.example/api/chat/',
      '/assets/icon.svg',
      '/api/auth/login/',
    ]) {
      http.get(url).subscribe();
      expect(server.expectOne(url).request.headers.has('Authorization')).toBe(false);
    }
  });

  it('answers a 401 with one renewal, shared by all calls, and one more try each', async () => {
    const { http, server, locks } = signedIn();
    const answers = [firstValueFrom(http.get(CALL)), firstValueFrom(http.get(CALL))];
    for (const call of server.match(CALL)) {
      call.flush(problem('token_expired'), { status: 401, statusText: '' });
    }
    await settle();
    const renewal = server.expectOne(REFRESH);
    expect(renewal.request.headers.get('X-App')).toBe('support');
    expect(locks).toEqual(['sc.refresh.support']);
    renewal.flush(session('second'));
    await settle();

    const again = server.match(CALL);
    expect(again.map(({ request }) => request.headers.get('Authorization'))).toEqual([
      'Bearer second',
      'Bearer second',
    ]);
    again.forEach((call, i) => {
      call.flush(i);
    });
    expect(await Promise.all(answers)).toEqual([0, 1]);
  });

  it('never loops: a second 401 is the answer', async () => {
    const { http, server, store } = signedIn();
    const answer = firstValueFrom(http.get(CALL)).catch((error: unknown) => error);
    server.expectOne(CALL).flush(problem('unauthenticated'), { status: 401, statusText: '' });
    await settle();
    server.expectOne(REFRESH).flush(session('second'));
    await settle();
    server.expectOne(CALL).flush(problem('unauthenticated'), { status: 401, statusText: '' });
    expect(await answer).toMatchObject({ status: 401 });
    await settle();
    server.verify();
    expect(store.expired()).toBe(false);
  });

  it('does not renew twice when another call already has', async () => {
    const { http, server, store } = signedIn();
    http.get(CALL).subscribe();
    const slow = server.expectOne(CALL);
    store.adopt(session('second'));
    slow.flush(problem('token_expired'), { status: 401, statusText: '' });
    await settle();
    expect(server.expectOne(CALL).request.headers.get('Authorization')).toBe('Bearer second');
    server.verify();
  });

  it('renews ahead of the end of the token', async () => {
    jest.useFakeTimers({ doNotFake: ['setTimeout', 'queueMicrotask'] });
    const { http, server } = signedIn();
    jest.setSystemTime(Date.now() + 880_000);
    http.get(CALL).subscribe();
    server.expectNone(CALL);
    await settle();
    server.expectOne(REFRESH).flush(session('second'));
    await settle();
    expect(server.expectOne(CALL).request.headers.get('Authorization')).toBe('Bearer second');
  });

  it('ux-49 expires the session when renewal is refused, keeps the user and asks no more', async () => {
    const { http, server, store } = signedIn();
    const answer = firstValueFrom(http.get(CALL)).catch((error: unknown) => error);
    server.expectOne(CALL).flush(problem('unauthenticated'), { status: 401, statusText: '' });
    await settle();
    server.expectOne(REFRESH).flush(problem('unauthenticated'), { status: 401, statusText: '' });
    expect(await answer).toBeInstanceOf(HttpErrorResponse);
    expect(store.expired()).toBe(true);
    expect(store.user()?.id).toBe(1);

    const later = await firstValueFrom(http.get(CALL)).catch((error: unknown) => error);
    expect(later).toMatchObject({ status: 401 });
    server.verify();
  });

  it('keeps the session when renewal fails for want of a connection', async () => {
    const { http, server, store } = signedIn();
    store.forgetToken('first');
    const answer = firstValueFrom(http.get(CALL)).catch((error: unknown) => error);
    await settle();
    cutRenewal(server);
    expect(await answer).toMatchObject({ status: 0 });
    expect(store.expired()).toBe(false);

    http.get(CALL).subscribe();
    await settle();
    server.expectOne(REFRESH);
  });

  it('never signs a call with the token of somebody who took over the cookie', async () => {
    const { http, server, store, reloads } = signedIn();
    store.forgetToken('first');
    const answer = firstValueFrom(http.get(CALL)).catch((error: unknown) => error);
    await settle();
    server.expectOne(REFRESH).flush(session('theirs', 2));
    expect(await answer).toBeInstanceOf(Error);
    server.expectNone(CALL);
    expect(reloads()).toBe(1);
  });
});
