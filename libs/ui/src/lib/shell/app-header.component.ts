import { Component, inject, input } from '@angular/core';
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
    <header>
      <a class="name" routerLink="/"><sc-icon name="chat" />{{ heading() }}</a>
      <ng-content />
      <button
        type="button"
        class="sc-button sc-button--quiet sc-button--icon"
        popovertarget="sc-app-menu"
        [attr.aria-label]="menuLabel()"
      >
        <sc-icon name="user" />
      </button>
    </header>
    <div id="sc-app-menu" popover role="dialog" [attr.aria-label]="menuLabel()">
      <ng-content select="[menu]" />
      <sc-language-select />
      <sc-theme-select />
    </div>
  `,
  styleUrl: './app-header.component.css',
})
export class AppHeaderComponent {
  protected readonly i18n = inject(I18n);

  readonly heading = input.required<string>();
  readonly menuLabel = input.required<string>();
}
