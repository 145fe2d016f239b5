import {
  HttpErrorResponse,
  type HttpEvent,
  type HttpInterceptorFn,
  type HttpRequest,
} from '@angular/common/http';
import { DOCUMENT, inject } from '@angular/core';
import { type Observable, catchError, of, switchMap, throwError } from 'rxjs';
import { SessionKeeper } from './session-keeper';
import { SessionStore } from './session.store';

/**
 * Signs calls of this origin's API with the access token, renewed ahead of its end. A 401 gets
 * one renewal and one more try. Without a session the call fails as 401 and is not made.
 */
export const authInterceptor: HttpInterceptorFn = (request, next) => {
  if (!needsIdentity(request.url, inject(DOCUMENT).baseURI)) return next(request);
  const store = inject(SessionStore);
  const keeper = inject(SessionKeeper);

  const token = (): Observable<string> => {
    const fresh = store.freshToken();
    if (fresh !== null) return of(fresh);
    return store.canRenew() ? keeper.renew() : throwError(() => unauthenticated(request));
  };
  const attempt = (value: string): Observable<HttpEvent<unknown>> =>
    next(request.clone({ setHeaders: { Authorization: `Bearer ${value}` } }));

  return token().pipe(
    switchMap((first) =>
      attempt(first).pipe(
        catchError((error: unknown) => {
          if (!(error instanceof HttpErrorResponse) || error.status !== 401) {
            return throwError(() => error);
          }
          store.forgetToken(first);
          return token().pipe(switchMap(attempt));
        }),
      ),
    ),
  );
};

/** Only our own API may see the token, and its session calls do without. */
function needsIdentity(url: string, base: string): boolean {
  const { origin, pathname } = new URL(url, base);
  return (
    origin === new URL(base).origin &&
    pathname.startsWith('/api/') &&
    !pathname.startsWith('/api/auth/')
  );
}

function unauthenticated({ url }: HttpRequest<unknown>): HttpErrorResponse {
  return new HttpErrorResponse({ status: 401, statusText: 'Not signed in', url });
}
