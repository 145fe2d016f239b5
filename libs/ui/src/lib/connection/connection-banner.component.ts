import { Component, computed, inject, input } from '@angular/core';
import { I18n } from '../i18n/i18n';
import { IconComponent } from '../icon/icon.component';
import { formatTime } from '../time/intl-format';

/** Says that there is no connection, how fresh the screen is and that nothing needs to be done. Gone when all is well. */
@Component({
  selector: 'sc-connection-banner',
  imports: [IconComponent],
  host: { role: 'status' },
  template: `
    @if (isShown()) {
      <p>
        <sc-icon [name]="state() === 'offline' ? 'offline' : 'retry'" />
        <span>
          @if (state() === 'offline') {
            <strong>{{ i18n.t('connection.offline') }}</strong>
            {{ i18n.t('connection.offlineText') }}
          } @else {
            <strong>{{ i18n.t('connection.reconnecting') }}</strong>
          }
          @if (lastSyncText(); as text) {
            <span class="sync">{{ text }}</span>
          }
        </span>
      </p>
    }
  `,
  styles: `
    :host {
      display: block;
    }

    p {
      --sc-icon-size: 1.125rem;
      display: flex;
      align-items: center;
      justify-content: center;
      gap: var(--sc-space-2);
      padding: var(--sc-space-2) var(--sc-space-4);
      background: var(--sc-color-warning-soft);
      color: var(--sc-color-on-warning-soft);
      font-size: var(--sc-text-sm);
      line-height: var(--sc-leading-tight);
    }

    .sync {
      white-space: nowrap;
    }

    @media (forced-colors: active) {
      p {
        border-block-end: 1px solid CanvasText;
      }
    }
  `,
})
export class ConnectionBannerComponent {
  protected readonly i18n = inject(I18n);

  readonly state = input.required<'connecting' | 'live' | 'reconnecting' | 'offline'>();
  /** When the screen last agreed with the server, in milliseconds. */
  readonly lastSyncedAt = input<number | null>(null);

  protected readonly isShown = computed(
    () => this.state() === 'reconnecting' || this.state() === 'offline',
  );
  protected readonly lastSyncText = computed(() => {
    const at = this.lastSyncedAt();
    if (at === null) return '';
    return this.i18n.t('connection.lastSync', {
      time: formatTime(new Date(at), this.i18n.locale()),
    });
  });
}
