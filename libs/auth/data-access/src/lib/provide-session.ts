import {
  type EnvironmentProviders,
  inject,
  makeEnvironmentProviders,
  provideAppInitializer,
} from '@angular/core';
import { APP_NAME, type AppName } from './app-name';
import { SessionKeeper } from './session-keeper';

/** The session of one app, restored at start; the first screen does not wait for the answer. */
export function provideSession(app: AppName): EnvironmentProviders {
  return makeEnvironmentProviders([
    { provide: APP_NAME, useValue: app },
    provideAppInitializer(() => {
      inject(SessionKeeper).restore();
    }),
  ]);
}
