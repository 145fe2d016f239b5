import { Component, computed, inject, input } from '@angular/core';
import { I18n } from '../i18n/i18n';
import { Clock } from './clock';
import { formatExact, formatShort, formatTime } from './intl-format';

/** A moment in short; the exact one on hover and, where its owner asks, on focus (`--sc-time-exact: visible`). */
@Component({
  selector: 'sc-time',
  template: `
    <time [attr.datetime]="at()"
      >{{ short() }}<span class="exact" aria-hidden="true">{{ exact() }}</span></time
    >
  `,
  styleUrl: './time.component.css',
})
export class TimeComponent {
  private readonly i18n = inject(I18n);
  private readonly clock = inject(Clock);

  /** RFC 3339. */
  readonly at = input.required<string>();
  /** `clock` is the time of day alone; `relative` fits a list. */
  readonly format = input<'clock' | 'relative'>('clock');

  protected readonly exact = computed(() => formatExact(this.at(), this.i18n.locale()));
  protected readonly short = computed(() =>
    this.format() === 'clock'
      ? formatTime(this.at(), this.i18n.locale())
      : formatShort(this.at(), this.i18n.locale(), this.clock.now()),
  );
}
