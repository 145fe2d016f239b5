import {
  type EnvironmentProviders,
  inject,
  isDevMode,
  makeEnvironmentProviders,
  provideAppInitializer,
} from '@angular/core';
import { provideTransloco } from '@jsverse/transloco';
import { I18n } from './i18n';
import { LANGUAGES } from './languages';
import { LanguageLoader } from './language.loader';

/** Words for an app: the first screen waits for its language, others load when chosen. */
export function provideI18n(): EnvironmentProviders {
  return makeEnvironmentProviders([
    provideTransloco({
      loader: LanguageLoader,
      config: {
        availableLangs: LANGUAGES.map(({ code }) => code),
        defaultLang: 'en',
        prodMode: !isDevMode(),
        failedRetries: 2,
      },
    }),
    provideAppInitializer(() => inject(I18n).start()),
  ]);
}
