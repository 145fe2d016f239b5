import { DOCUMENT, Component, inject } from '@angular/core';
import { I18n } from '../i18n/i18n';
import { NavigationFailure } from './navigation-failure';

/** Shows that a part of the app did not load, and loads the page again. */
@Component({
  selector: 'sc-page-failure',
  template: `
    @if (failure.hasFailed()) {
      <div role="alert">
        <p>{{ i18n.t('app.failedTitle') }}</p>
        <button type="button" class="sc-button" (click)="reload()">
          {{ i18n.t('app.reload') }}
        </button>
      </div>
    }
  `,
  styles: `
    div {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: center;
      gap: var(--sc-space-3);
      padding: var(--sc-space-3);
      background: var(--sc-color-danger-soft);
      color: var(--sc-color-on-danger-soft);
    }
  `,
})
export class PageFailureComponent {
  protected readonly i18n = inject(I18n);
  protected readonly failure = inject(NavigationFailure);
  private readonly location = inject(DOCUMENT).location;

  protected reload(): void {
    this.location.reload();
  }
}
