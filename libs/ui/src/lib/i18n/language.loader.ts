import { Service } from '@angular/core';
import type { Translation, TranslocoLoader } from '@jsverse/transloco';
import type { Language } from './languages';

const files: Record<Language, () => Promise<{ default: Translation }>> = {
  en: () => import('../../i18n/en.json', { with: { type: 'json' } }),
  ar: () => import('../../i18n/ar.json', { with: { type: 'json' } }),
};

/** Fetches a language as a chunk of the application: nothing is loaded that is not spoken. */
@Service()
export class LanguageLoader implements TranslocoLoader {
  async getTranslation(language: string): Promise<Translation> {
    return (await files[language as Language]()).default;
  }
}
