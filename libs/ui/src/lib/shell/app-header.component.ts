import { Component, DOCUMENT, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { I18n } from '../i18n/i18n';
import { IconComponent } from '../icon/icon.component';
import { LanguageSelectComponent } from './language-select.component';
import { ThemeSelectComponent } from './theme-select.component';

/** The bar on top of both apps: name, bell, and a menu with whatever is projected into it. */
@Component({
  selector: 'sc-app-header',
  imports: [IconComponent, LanguageSelectComponent, RouterLink, ThemeSelectComponent],
  template: `
    <a class="skip sc-button" href="#sc-main" (click)="skip($event)">
      {{ i18n.t('app.skipToContent') }}
    </a>
    <header>
      <a class="name" routerLink="/"><sc-icon name="chat" />{{ heading() }}</a>
      <ng-content />
      <button
        type="button"
        class="sc-button sc-button--quiet sc-button--icon"
        popovertarget="sc-app-menu"
        [attr.aria-label]="i18n.t('app.menu')"
      >
        <sc-icon name="user" />
      </button>
    </header>
    <div id="sc-app-menu" popover role="dialog" [attr.aria-label]="i18n.t('app.menu')">
      <ng-content select="[menu]" />
      <sc-language-select />
      <sc-theme-select />
    </div>
  `,
  styleUrl: './app-header.component.css',
})
export class AppHeaderComponent {
  protected readonly i18n = inject(I18n);

  private readonly document = inject(DOCUMENT);

  readonly heading = input.required<string>();

  /** Past the bar, to the app's main part, and without a change of address. */
  protected skip(event: Event): void {
    event.preventDefault();
    this.document.querySelector('main')?.focus();
  }
}
