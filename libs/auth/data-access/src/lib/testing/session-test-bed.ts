import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { Problem, Session, User } from '@support-chat/contracts';
import { Subject } from 'rxjs';
import { APP_NAME } from '../app-name';
import { authInterceptor } from '../auth.interceptor';
import { PAGE_RELOAD } from '../page-reload';
import { type SessionNews, SessionChannel } from '../session-channel';
import { SessionKeeper } from '../session-keeper';
import { SessionStore } from '../session.store';

export const REFRESH = '/api/auth/refresh/';
export const LOGIN = '/api/auth/login/';
export const LOGOUT = '/api/auth/logout/';

export function session(token: string, id = 1, role: User['role'] = 'user'): Session {
  return {
    access_token: token,
    token_type: 'Bearer',
    expires_in: 900,
    user: {
      id,
      email: `u${id}@example.org`,
      name: `U${id}`,
      role,
      created_at: '2026-11-22T07:03:00.000Z',
    },
  };
}

export function problem(code: Problem['code']): Partial<Problem> {
  return { code, instance: 'req-1' };
}

export interface SessionTestBed {
  http: HttpClient;
  server: HttpTestingController;
  store: SessionStore;
  keeper: SessionKeeper;
  /** What other tabs say, what this one told them, and the locks it took. */
  news$: Subject<SessionNews>;
  told: SessionNews[];
  locks: string[];
  reloads: () => number;
}

/** The session parts with a server, other tabs and a page that tests play. */
export function sessionTestBed(): SessionTestBed {
  const news$ = new Subject<SessionNews>();
  const told: SessionNews[] = [];
  const locks: string[] = [];
  let reloads = 0;
  const request = (name: string, work: () => Promise<unknown>) => {
    locks.push(name);
    return work();
  };
  Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true });
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([authInterceptor])),
      provideHttpClientTesting(),
      { provide: APP_NAME, useValue: 'support' },
      { provide: PAGE_RELOAD, useValue: () => (reloads += 1) },
      {
        provide: SessionChannel,
        useValue: { news$, tell: (news: SessionNews) => told.push(news) },
      },
    ],
  });
  return {
    http: TestBed.inject(HttpClient),
    server: TestBed.inject(HttpTestingController),
    store: TestBed.inject(SessionStore),
    keeper: TestBed.inject(SessionKeeper),
    news$,
    told,
    locks,
    reloads: () => reloads,
  };
}

/** The line is cut while a session is asked for, and when it is asked for again. */
export function cutRenewal(server: HttpTestingController): void {
  for (let times = 0; times < 2; times += 1) {
    server.expectOne(REFRESH).error(new ProgressEvent('error'));
  }
}

/** Lets promises that are already settled run on. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
