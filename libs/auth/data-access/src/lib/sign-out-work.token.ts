import { InjectionToken } from '@angular/core';

/** What else ends with the session, done while the server still knows who asks. */
export interface SignOutWork {
  /** Never rejects. */
  run(): Promise<unknown>;
  /** The session did not end. */
  undo(): void;
}

/** Provided by the shells, which know the parts of the app that have such work. */
export const SIGN_OUT_WORK = new InjectionToken<SignOutWork>('SIGN_OUT_WORK', {
  factory: () => ({ run: () => Promise.resolve(), undo: () => undefined }),
});
