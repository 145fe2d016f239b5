import { APP_BASE_HREF, LocationStrategy } from '@angular/common';
import {
  type EnvironmentProviders,
  inject,
  makeEnvironmentProviders,
  provideAppInitializer,
} from '@angular/core';
import { provideI18n } from '../i18n/provide-i18n';
import { AppLocationStrategy } from './app-location-strategy';
import { Theme } from './theme';
import { VisibleHeight } from './visible-height';

/** What every app has before anything else: its address, its words and its look. */
export function provideShell(address: string): EnvironmentProviders {
  return makeEnvironmentProviders([
    // Instead of a base element, which the content security policy forbids.
    { provide: APP_BASE_HREF, useValue: address },
    { provide: LocationStrategy, useClass: AppLocationStrategy },
    provideI18n(),
    provideAppInitializer(() => {
      inject(Theme).start();
      inject(VisibleHeight).start();
    }),
  ]);
}
