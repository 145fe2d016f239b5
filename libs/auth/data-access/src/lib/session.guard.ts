import { inject } from '@angular/core';
import type { CanMatchFn } from '@angular/router';
import type { UserRole } from '@support-chat/contracts';
import { SessionStore } from './session.store';

/** Lets a route match once somebody is signed in; waits while that is not known. */
export const isSignedIn: CanMatchFn = async () => {
  return (await inject(SessionStore).whenKnown()) === 'signed-in';
};

/** Lets a route match for people of one role only. */
export function hasRole(role: UserRole): CanMatchFn {
  return async () => {
    const session = inject(SessionStore);
    return (await session.whenKnown()) === 'signed-in' && session.user()?.role === role;
  };
}
