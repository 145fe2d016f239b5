import { DOCUMENT, Service, computed, inject, signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { Preferences } from '../preferences';
import { type Language, chooseLanguage, chooseLocale, directionOf } from './languages';
import type { PluralKey, TranslationKey, TranslationParams } from './translation-keys';

/**
 * The words of the apps in the chosen language. `t` and `plural` read a signal, so templates and
 * computed values follow a switch of language by themselves. `use` rejects when the language
 * cannot be loaded, and leaves the present one in place.
 */
@Service()
export class I18n {
  private readonly transloco = inject(TranslocoService);
  private readonly preferences = inject(Preferences);
  private readonly document = inject(DOCUMENT);
  private readonly wanted = this.document.defaultView?.navigator.languages ?? [];
  private readonly active = signal<Language>('en');

  readonly language = this.active.asReadonly();
  readonly direction = computed(() => directionOf(this.active()));
  /** For `Intl`: the language as this browser's region writes dates and numbers. */
  readonly locale = computed(() => chooseLocale(this.active(), this.wanted));

  private readonly plurals = computed(() => new Intl.PluralRules(this.active()));
  private readonly numbers = computed(() => new Intl.NumberFormat(this.locale()));

  /** The text of a key; `{{ name }}` in it is replaced from `params`. */
  t(key: TranslationKey, params: TranslationParams = {}): string {
    return this.transloco.translate(key, params, this.active());
  }

  /** The form of a counted text for `count`, which it may show as `{{ count }}`. */
  plural(key: PluralKey, count: number, params: TranslationParams = {}): string {
    const form = this.plurals().select(count);
    const values = { ...params, count: this.number(count) };
    return this.transloco.translate(`${key}.${form}`, values, this.active());
  }

  number(value: number): string {
    return this.numbers().format(value);
  }

  /** At start: the remembered language, else the browser's. */
  async start(): Promise<void> {
    await this.show(chooseLanguage(this.preferences.read('language'), this.wanted));
  }

  /** By choice: switched without reload and remembered. */
  async use(language: Language): Promise<void> {
    await this.show(language);
    this.preferences.write('language', language);
  }

  private async show(language: Language): Promise<void> {
    await firstValueFrom(this.transloco.load(language));
    this.transloco.setActiveLang(language);
    this.active.set(language);
    this.document.documentElement.lang = language;
    this.document.documentElement.dir = directionOf(language);
  }
}
