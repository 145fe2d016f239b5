import { Component, inject } from '@angular/core';
import { I18n } from '../i18n/i18n';

/** The line above the first message that was unread when the conversation was opened. */
@Component({
  selector: 'sc-unread-divider',
  template: `<span>{{ i18n.t('thread.unread') }}</span>`,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: var(--sc-space-3);
      margin-block: var(--sc-space-3);
      color: var(--sc-color-danger);
      font-size: var(--sc-text-xs);
      font-weight: var(--sc-weight-bold);
    }

    :host::before,
    :host::after {
      content: '';
      flex: 1;
      border-block-start: 1px solid;
      opacity: 0.5;
    }
  `,
})
export class UnreadDividerComponent {
  protected readonly i18n = inject(I18n);
}
