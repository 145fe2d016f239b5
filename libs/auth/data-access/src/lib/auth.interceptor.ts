import { HttpErrorResponse, type HttpEvent, type HttpInterceptorFn } from '@angular/common/http';
import { DOCUMENT, inject } from '@angular/core';
import { type Observable, catchError, switchMap, throwError } from 'rxjs';
import { type AccessToken, AccessTokens } from './access-tokens';

/**
 * Signs calls of this origin's API with the access token, renewed ahead of its end. A 401 gets
 * one renewal and one more try. Without a session the call fails as 401 and is not made.
 */
export const authInterceptor: HttpInterceptorFn = (request, next) => {
  if (!needsIdentity(request.url, inject(DOCUMENT).baseURI)) return next(request);
  const tokens = inject(AccessTokens);

  const attempt = ({ value }: AccessToken): Observable<HttpEvent<unknown>> =>
    next(request.clone({ setHeaders: { Authorization: `Bearer ${value}` } }));

  return tokens.current().pipe(
    switchMap((first) =>
      attempt(first).pipe(
        catchError((error: unknown) => {
          if (!(error instanceof HttpErrorResponse) || error.status !== 401) {
            return throwError(() => error);
          }
          tokens.refused(first.value);
          return tokens.current().pipe(switchMap(attempt));
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
