import { InjectionToken } from '@angular/core';

/** What a person wrote that only this browser has; signing out deletes it, so it asks first. */
export interface UnsentWork {
  exists(): boolean;
  clear(): void;
}

/** Provided by the shells, which know the parts of the app that keep such work. */
export const UNSENT_WORK = new InjectionToken<UnsentWork>('UNSENT_WORK');
