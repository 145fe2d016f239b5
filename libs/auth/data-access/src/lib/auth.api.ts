import { HttpClient } from '@angular/common/http';
import { Service, inject } from '@angular/core';
import {
  ANSWER_WITHIN_MS,
  API_ROUTES,
  type LoginBody,
  type RegisterBody,
  type Session,
} from '@support-chat/contracts';
import { type Observable, timeout } from 'rxjs';
import { APP_NAME } from './app-name';

/** The session calls of the API. They carry the app's name, so each app has its own cookie. */
@Service()
export class AuthApi {
  private readonly http = inject(HttpClient);
  private readonly options = { headers: { 'X-App': inject(APP_NAME) } };

  register(body: RegisterBody): Observable<Session> {
    return this.post(API_ROUTES.register, body);
  }

  login(body: LoginBody): Observable<Session> {
    return this.post(API_ROUTES.login, body);
  }

  refresh(): Observable<Session> {
    return this.post(API_ROUTES.refresh, null);
  }

  logout(): Observable<null> {
    return this.post(API_ROUTES.logout, null);
  }

  private post<T>(path: string, body: unknown): Observable<T> {
    return this.http.post<T>(path, body, this.options).pipe(timeout(ANSWER_WITHIN_MS));
  }
}
