import { InjectionToken } from '@angular/core';

/** Which of the two apps this is: each has a session of its own, side by side in one browser. */
export type AppName = 'support' | 'admin';

export const APP_NAME = new InjectionToken<AppName>('APP_NAME');
