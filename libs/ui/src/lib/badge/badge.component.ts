import { Component, computed, inject, input } from '@angular/core';
import { I18n } from '../i18n/i18n';

const MOST_SHOWN = 99;

/** A small count, `99+` above that, nothing at zero. Silent: its owner says what is counted. */
@Component({
  selector: 'sc-badge',
  host: { 'aria-hidden': 'true', '[hidden]': 'count() <= 0' },
  template: '{{ text() }}',
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      align-items: center;
      justify-content: center;
      min-inline-size: 1.25rem;
      block-size: 1.25rem;
      padding-inline: 0.375rem;
      border-radius: var(--sc-radius-pill);
      background: var(--sc-color-accent);
      color: var(--sc-color-on-accent);
      font-size: var(--sc-text-xs);
      font-weight: var(--sc-weight-bold);
      font-variant-numeric: tabular-nums;
      line-height: 1;
    }

    @media (forced-colors: active) {
      :host {
        border: 1px solid Highlight;
      }
    }
  `,
})
export class BadgeComponent {
  private readonly i18n = inject(I18n);

  readonly count = input.required<number>();

  protected readonly text = computed(() => {
    const count = this.count();
    const shown = this.i18n.number(Math.min(count, MOST_SHOWN));
    return count > MOST_SHOWN ? `${shown}+` : shown;
  });
}
