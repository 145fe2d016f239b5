import { Component, computed, inject, input } from '@angular/core';
import { I18n } from '../i18n/i18n';
import { Clock } from '../time/clock';
import { formatDay } from '../time/intl-format';

/** The day that begins here: a heading, so that one can jump from day to day; stays in sight while its day is read. */
@Component({
  selector: 'sc-date-separator',
  template: `<h2>
    <time [attr.datetime]="at()">{{ day() }}</time>
  </h2>`,
  styles: `
    :host {
      position: sticky;
      z-index: 1;
      inset-block-start: var(--sc-space-2);
      display: flex;
      justify-content: center;
      margin-block: var(--sc-space-4) var(--sc-space-2);
      pointer-events: none;
    }

    h2 {
      padding: var(--sc-space-1) var(--sc-space-3);
      border: 1px solid var(--sc-color-line);
      border-radius: var(--sc-radius-pill);
      background: var(--sc-color-raised);
      color: var(--sc-color-muted);
      box-shadow: var(--sc-shadow-sm);
      font-size: var(--sc-text-xs);
      font-weight: var(--sc-weight-medium);
    }
  `,
})
export class DateSeparatorComponent {
  private readonly i18n = inject(I18n);
  private readonly clock = inject(Clock);

  /** RFC 3339. */
  readonly at = input.required<string>();

  protected readonly day = computed(() =>
    formatDay(this.at(), this.i18n.locale(), this.clock.now()),
  );
}
