import { HttpClient } from '@angular/common/http';
import { Service, inject } from '@angular/core';
import {
  ANSWER_WITHIN_MS,
  API_ROUTES,
  type LoginBody,
  REFRESH_ANSWER_WITHIN_MS,
  type RegisterBody,
  type Session,
  readFailure,
} from '@support-chat/contracts';
import { type Observable, catchError, throwError, timeout } from 'rxjs';
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

  /**
   * Asks once more when no answer comes: the cookie may be replaced by then, and the server takes
   * the old one for a short while only.
   */
  refresh(): Observable<Session> {
    const ask = (withinMs?: number) => this.post<Session>(API_ROUTES.refresh, null, withinMs);
    return ask(REFRESH_ANSWER_WITHIN_MS).pipe(
      catchError((error: unknown) =>
        readFailure(error).code === 'unreachable' ? ask() : throwError(() => error),
      ),
    );
  }

  logout(): Observable<null> {
    return this.post(API_ROUTES.logout, null);
  }

  private post<T>(path: string, body: unknown, withinMs = ANSWER_WITHIN_MS): Observable<T> {
    return this.http.post<T>(path, body, this.options).pipe(timeout(withinMs));
  }
}
