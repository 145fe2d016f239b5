import {
  type EnvironmentProviders,
  inject,
  makeEnvironmentProviders,
  provideAppInitializer,
} from '@angular/core';
import { provideI18n } from '../i18n/provide-i18n';
import { Theme } from './theme';

/** What every app shows before anything else: its words and its look. */
export function provideShell(): EnvironmentProviders {
  return makeEnvironmentProviders([
    provideI18n(),
    provideAppInitializer(() => {
      inject(Theme).start();
    }),
  ]);
}
