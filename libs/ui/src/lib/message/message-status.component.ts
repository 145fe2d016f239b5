import { Component, computed, inject, input } from '@angular/core';
import { I18n } from '../i18n/i18n';
import { IconComponent } from '../icon/icon.component';
import type { IconName } from '../icon/icon-paths';
import type { MessageState, MessageView } from './message-view';

const ICONS: Record<MessageState, IconName> = {
  sending: 'clock',
  sent: 'check',
  delivered: 'check-double',
  read: 'check-double',
  failed: 'alert',
};

/** How far an own message has come: a tick, words, or words for screen readers only. */
@Component({
  selector: 'sc-message-status',
  imports: [IconComponent],
  host: { '[attr.data-state]': 'state()' },
  template: `
    @if (shown() !== 'nothing') {
      <sc-icon [name]="icon()" />
    }
    <span [class.sc-visually-hidden]="shown() !== 'words'">{{ words() }}</span>
  `,
  styles: `
    :host {
      --sc-icon-size: 1rem;
      display: inline-flex;
      align-items: center;
      gap: var(--sc-space-1);
      color: var(--sc-color-muted);
      font-size: var(--sc-text-xs);
      line-height: 1;
    }

    :host([data-state='read']) {
      color: var(--sc-color-accent);
    }

    /* Not by colour alone: what was read is ticked more firmly. */
    :host([data-state='read']) sc-icon {
      --sc-icon-stroke: 2.5;
    }

    :host([data-state='failed']) {
      color: var(--sc-color-danger);
    }
  `,
})
export class MessageStatusComponent {
  private readonly i18n = inject(I18n);

  readonly state = input.required<MessageState>();
  readonly shown = input.required<MessageView['shownState']>();

  protected readonly icon = computed(() => ICONS[this.state()]);
  protected readonly words = computed(() => this.i18n.t(`message.status.${this.state()}`));
}
