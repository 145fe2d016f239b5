import { Component, computed, inject, input } from '@angular/core';
import { I18n } from '../i18n/i18n';
import { IconComponent } from '../icon/icon.component';
import type { IconName } from '../icon/icon-paths';

type Word = 'unknown' | 'live' | 'polling' | 'reconnecting' | 'offline';

const ICONS: Record<Exclude<Word, 'unknown'>, IconName> = {
  live: 'live',
  polling: 'clock',
  reconnecting: 'retry',
  offline: 'offline',
};

/** How news comes, in a word or two (ux-48). Says nothing aloud: the banner speaks of what matters. */
@Component({
  selector: 'sc-connection-status',
  imports: [IconComponent],
  template: `
    @if (icon(); as name) {
      <sc-icon [name]="name" /><span>{{ words() }}</span>
    }
  `,
  styles: `
    :host {
      --sc-icon-size: 1rem;
      display: inline-flex;
      flex: none;
      align-items: center;
      gap: var(--sc-space-1);
      min-block-size: 1.25rem;
      color: var(--sc-color-muted);
      font-size: var(--sc-text-sm);
      line-height: 1.25rem;
      white-space: nowrap;
    }
  `,
})
export class ConnectionStatusComponent {
  private readonly i18n = inject(I18n);

  readonly word = input.required<Word>();
  /** How often the server is asked while nothing is pushed. */
  readonly everySeconds = input.required<number>();

  protected readonly icon = computed(() => {
    const word = this.word();
    return word === 'unknown' ? null : ICONS[word];
  });
  protected readonly words = computed(() => {
    const word = this.word();
    if (word === 'unknown') return '';
    if (word === 'polling') return this.i18n.plural('connection.polling', this.everySeconds());
    return this.i18n.t(`connection.status.${word}`);
  });
}
