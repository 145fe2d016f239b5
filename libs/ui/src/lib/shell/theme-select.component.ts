import { Component, inject } from '@angular/core';
import { I18n } from '../i18n/i18n';
import type { TranslationKey } from '../i18n/translation-keys';
import { THEMES, Theme, type ThemeName } from './theme';

const LABELS: Record<ThemeName, TranslationKey> = {
  system: 'app.themeSystem',
  light: 'app.themeLight',
  dark: 'app.themeDark',
};

/** Chooses between the looks of the app. */
@Component({
  selector: 'sc-theme-select',
  template: `
    <label class="sc-field">
      <span class="sc-field__label">{{ i18n.t('app.theme') }}</span>
      <select #select (change)="choose(select.value)">
        @for (name of themes; track name) {
          <option [value]="name" [selected]="name === theme.choice()">
            {{ i18n.t(labels[name]) }}
          </option>
        }
      </select>
    </label>
  `,
})
export class ThemeSelectComponent {
  protected readonly i18n = inject(I18n);
  protected readonly theme = inject(Theme);
  protected readonly themes = THEMES;
  protected readonly labels = LABELS;

  protected choose(value: string): void {
    const name = THEMES.find((theme) => theme === value);
    if (name) this.theme.use(name);
  }
}
