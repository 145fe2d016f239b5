import { HttpErrorResponse } from '@angular/common/http';
import { Service, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { type Failure, inOneTab, readFailure } from '@support-chat/contracts';
import {
  EMPTY,
  type Observable,
  Subject,
  catchError,
  defer,
  finalize,
  firstValueFrom,
  fromEvent,
  map,
  race,
  retry,
  share,
  switchMap,
  take,
  throwError,
  timer,
} from 'rxjs';
import { APP_NAME } from './app-name';
import { AuthApi } from './auth.api';
import { SessionChannel } from './session-channel';
import { SessionStore } from './session.store';

const RETRY_FIRST_MS = 1_000;
const RETRY_MAX_MS = 30_000;

/**
 * Keeps the session going: restores it at start and renews the access token, with one renewal in
 * flight in this browser. A refused renewal expires the session; any other failure leaves it be.
 */
@Service()
export class SessionKeeper {
  private readonly api = inject(AuthApi);
  private readonly store = inject(SessionStore);
  private readonly app = inject(APP_NAME);
  private readonly restores = new Subject<void>();
  private readonly failure = signal<Failure | null>(null);

  /** Why it is still unknown whether somebody is signed in. */
  readonly restoreFailure = this.failure.asReadonly();

  private readonly renewal$ = defer(() =>
    inOneTab(`sc.refresh.${this.app}`, () => firstValueFrom(this.api.refresh())),
  ).pipe(
    map((session) => {
      if (!this.store.adopt(session)) throw new Error('The app starts afresh.');
      return session.access_token;
    }),
    catchError((error: unknown) => {
      if (isRefusal(error)) this.store.expire();
      return throwError(() => error);
    }),
    share(),
  );

  constructor() {
    this.restores
      .pipe(
        switchMap(() => this.untilKnown()),
        takeUntilDestroyed(),
      )
      .subscribe();
    inject(SessionChannel)
      .news$.pipe(takeUntilDestroyed())
      .subscribe((news) => {
        if (news === 'signed-out') this.store.leave();
        else if (this.store.freshToken() === null) this.restore();
      });
  }

  /** A fresh access token; callers at the same time share one request. */
  renew(): Observable<string> {
    return this.renewal$;
  }

  /** Asks until the server says whether there is a session; again at once if already asking. */
  restore(): void {
    this.restores.next();
  }

  private untilKnown(): Observable<unknown> {
    return this.renewal$.pipe(
      retry({ delay: (error: unknown, attempt) => this.beforeRetry(error, attempt) }),
      catchError((error: unknown) => (isRefusal(error) ? EMPTY : throwError(() => error))),
      finalize(() => {
        this.failure.set(null);
      }),
    );
  }

  private beforeRetry(error: unknown, attempt: number): Observable<unknown> {
    if (isRefusal(error)) return throwError(() => error);
    const failure = readFailure(error);
    this.failure.set(failure);
    const backOff = Math.min(RETRY_FIRST_MS * 2 ** (attempt - 1), RETRY_MAX_MS);
    const wait = Math.max(backOff, (failure.retryAfterSeconds ?? 0) * 1000);
    return race(timer(wait), fromEvent(globalThis, 'online')).pipe(take(1));
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof HttpErrorResponse && (error.status === 401 || error.status === 403);
}
