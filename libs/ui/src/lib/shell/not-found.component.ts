import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { I18n } from '../i18n/i18n';

/** For an address that leads nowhere. */
@Component({
  selector: 'sc-not-found',
  imports: [RouterLink],
  template: `
    <section aria-labelledby="sc-not-found-title">
      <h1 id="sc-not-found-title">{{ i18n.t('app.notFoundTitle') }}</h1>
      <p>{{ i18n.t('app.notFoundText') }}</p>
      <a class="sc-button sc-button--primary" routerLink="/">{{ i18n.t('app.toStart') }}</a>
    </section>
  `,
  styles: `
    :host {
      display: grid;
      padding: var(--sc-space-4);
      overflow: auto;
    }

    section {
      display: grid;
      justify-items: center;
      gap: var(--sc-space-4);
      max-inline-size: 28rem;
      margin: auto;
      text-align: center;
    }

    h1 {
      font-size: var(--sc-text-xl);
    }

    p {
      color: var(--sc-color-muted);
    }
  `,
})
export class NotFoundComponent {
  protected readonly i18n = inject(I18n);
}
