import {
  type EnvironmentProviders,
  inject,
  makeEnvironmentProviders,
  provideAppInitializer,
} from '@angular/core';
import { TranslocoService, provideTransloco } from '@jsverse/transloco';
import en from '../../i18n/en.json' with { type: 'json' };
import { LanguageLoader } from './language.loader';

/** For component tests: the English words, there at once. Not exported to the apps. */
export function provideTestI18n(): EnvironmentProviders {
  return makeEnvironmentProviders([
    provideTransloco({
      loader: LanguageLoader,
      config: { availableLangs: ['en', 'ar'], defaultLang: 'en', prodMode: true },
    }),
    provideAppInitializer(() => {
      inject(TranslocoService).setTranslation(en, 'en');
    }),
  ]);
}
