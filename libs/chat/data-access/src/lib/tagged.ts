import { type HttpClient, HttpErrorResponse, type HttpParams } from '@angular/common/http';
import { type Observable, catchError, map, of, throwError } from 'rxjs';

/** A body with the tag to ask for its successor with. */
export interface Tagged<T> {
  body: T;
  etag: string | null;
}

type Params = HttpParams | Record<string, string | number | boolean>;

/** GET with `If-None-Match`: null when nothing changed, which Angular reports as an error. */
export function getTagged<T>(
  http: HttpClient,
  path: string,
  params: Params,
  etag: string | null,
): Observable<Tagged<T> | null> {
  const headers: Record<string, string> = etag === null ? {} : { 'If-None-Match': etag };
  return http.get<T>(path, { params, headers, observe: 'response' }).pipe(
    map(({ body, headers: answered }) =>
      body === null ? null : { body, etag: answered.get('ETag') },
    ),
    catchError((error: unknown) =>
      error instanceof HttpErrorResponse && error.status === 304
        ? of(null)
        : throwError(() => error),
    ),
  );
}
