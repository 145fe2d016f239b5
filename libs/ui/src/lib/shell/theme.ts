import { DOCUMENT, Service, inject, signal } from '@angular/core';
import { Preferences } from '../preferences';

export const THEMES = ['system', 'light', 'dark'] as const;
export type ThemeName = (typeof THEMES)[number];

/** The chosen look, remembered in this browser; `system` follows the device. */
@Service()
export class Theme {
  private readonly preferences = inject(Preferences);
  private readonly document = inject(DOCUMENT);
  /** Before those of index.html, which follow the device: the first one counts. */
  private readonly barColor = this.document.createElement('meta');
  private readonly chosen = signal<ThemeName>('system');

  readonly choice = this.chosen.asReadonly();

  /** At start: the remembered look. */
  start(): void {
    const remembered = this.preferences.read('theme');
    this.apply(THEMES.find((theme) => theme === remembered) ?? 'system');
  }

  use(theme: ThemeName): void {
    this.apply(theme);
    this.preferences.write('theme', theme);
  }

  private apply(theme: ThemeName): void {
    const { documentElement: root, head, body } = this.document;
    this.chosen.set(theme);
    if (theme === 'system') {
      delete root.dataset['theme'];
      this.barColor.remove();
    } else {
      root.dataset['theme'] = theme;
      this.barColor.name = 'theme-color';
      this.barColor.content = getComputedStyle(body).backgroundColor;
      head.prepend(this.barColor);
    }
  }
}
