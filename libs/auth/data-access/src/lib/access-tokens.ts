import { HttpErrorResponse } from '@angular/common/http';
import { Service, inject } from '@angular/core';
import { type Observable, defer, map, of, throwError } from 'rxjs';
import { SessionKeeper } from './session-keeper';
import { SessionStore } from './session.store';

/** What calls and sockets show who they are with, and when it wants to be renewed. */
export interface AccessToken {
  value: string;
  /** Milliseconds since 1970; a little before its end. */
  renewAt: number;
}

/** Hands out access tokens that are good for now, renewed in time and once for all who ask. */
@Service()
export class AccessTokens {
  private readonly store = inject(SessionStore);
  private readonly keeper = inject(SessionKeeper);

  /** Fails as 401 without a session, else as the renewal failed. */
  current(): Observable<AccessToken> {
    return defer(() => {
      const fresh = this.store.freshToken();
      if (fresh !== null) return of(fresh);
      return this.store.canRenew() ? this.keeper.renew() : throwError(notSignedIn);
    }).pipe(map((value) => ({ value, renewAt: this.store.renewAt() })));
  }

  /** The server refused this one; a newer one stays. */
  refused(value: string): void {
    this.store.forgetToken(value);
  }
}

function notSignedIn(): HttpErrorResponse {
  return new HttpErrorResponse({ status: 401, statusText: 'Not signed in' });
}
