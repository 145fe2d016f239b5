import { Component, inject, signal } from '@angular/core';
import { I18n } from '../i18n/i18n';
import { LANGUAGES, isLanguage } from '../i18n/languages';

/** Chooses the language at runtime; says so when it cannot be loaded. */
@Component({
  selector: 'sc-language-select',
  template: `
    <label class="sc-field">
      <span class="sc-field__label">{{ i18n.t('app.language') }}</span>
      <select #select (change)="choose(select.value)">
        @for (language of languages; track language.code) {
          <option
            [value]="language.code"
            [lang]="language.code"
            [selected]="language.code === i18n.language()"
          >
            {{ language.name }}
          </option>
        }
      </select>
    </label>
    @if (hasFailed()) {
      <p class="sc-field__error" role="alert">{{ i18n.t('problem.unreachable') }}</p>
    }
  `,
})
export class LanguageSelectComponent {
  protected readonly i18n = inject(I18n);
  protected readonly languages = LANGUAGES;
  protected readonly hasFailed = signal(false);

  protected async choose(value: string): Promise<void> {
    if (!isLanguage(value)) return;
    try {
      await this.i18n.use(value);
      this.hasFailed.set(false);
    } catch {
      this.hasFailed.set(true); // Its chunk did not come; the present language stays.
    }
  }
}
