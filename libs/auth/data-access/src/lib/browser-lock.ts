import { InjectionToken } from '@angular/core';

/** Runs work while no other tab of this browser runs work under the same name. */
export type BrowserLock = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Web Locks; where a page is no secure context there are none, and the work just runs. */
export const BROWSER_LOCK = new InjectionToken<BrowserLock>('BROWSER_LOCK', {
  factory: () => {
    const locks = (globalThis.navigator as Partial<Navigator>).locks;
    return (name, work) => (locks ? locks.request(name, work) : work());
  },
});
