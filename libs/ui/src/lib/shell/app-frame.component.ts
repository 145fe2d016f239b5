import { Component, DOCUMENT, ElementRef, inject, input, viewChild } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink } from '@angular/router';
import { filter } from 'rxjs';
import { I18n } from '../i18n/i18n';
import { IconComponent } from '../icon/icon.component';
import { LanguageSelectComponent } from './language-select.component';
import { PageFailureComponent } from './page-failure.component';
import { RegionKeys } from './region-keys';
import { ThemeSelectComponent } from './theme-select.component';

/**
 * What both apps have around their content: a bar with their name, a place for the bell, and a
 * menu with whatever is projected into it. The content fills the window below and scrolls itself.
 */
@Component({
  selector: 'sc-app-frame',
  imports: [
    IconComponent,
    LanguageSelectComponent,
    PageFailureComponent,
    RouterLink,
    ThemeSelectComponent,
  ],
  template: `
    <a class="skip sc-button" href="#sc-main" (click)="skip($event)">
      {{ i18n.t('app.skipToContent') }}
    </a>
    <header data-region>
      <a class="name" routerLink="/"><sc-icon name="chat" />{{ heading() }}</a>
      <ng-content select="[bell]" />
      <button
        type="button"
        class="sc-button sc-button--quiet sc-button--icon"
        popovertarget="sc-app-menu"
        [attr.aria-label]="i18n.t('app.menu')"
      >
        <sc-icon name="user" />
      </button>
    </header>
    <div #menu id="sc-app-menu" popover role="dialog" [attr.aria-label]="i18n.t('app.menu')">
      <ng-content select="[menu]" />
      <sc-language-select />
      <sc-theme-select />
    </div>
    <sc-page-failure />
    <main #main id="sc-main" tabindex="-1"><ng-content /></main>
  `,
  styleUrl: './app-frame.component.css',
})
export class AppFrameComponent {
  protected readonly i18n = inject(I18n);
  private readonly document = inject(DOCUMENT);
  private readonly main = viewChild.required<ElementRef<HTMLElement>>('main');
  private readonly menu = viewChild.required<ElementRef<HTMLElement>>('menu');

  readonly heading = input.required<string>();

  constructor() {
    inject(RegionKeys);
    inject(Router)
      .events.pipe(
        filter((event) => event instanceof NavigationEnd),
        takeUntilDestroyed(),
      )
      .subscribe(({ id }) => {
        this.menu().nativeElement.hidePopover();
        // What had the focus is gone with its page, as the form is after signing in.
        const isLost = this.document.activeElement === this.document.body;
        if (isLost && id > 1) this.main().nativeElement.focus();
      });
  }

  /** Past the bar, to the main part, and without a change of address. */
  protected skip(event: Event): void {
    event.preventDefault();
    this.main().nativeElement.focus();
  }
}
