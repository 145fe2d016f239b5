import { Component, inject, input, output } from '@angular/core';
import { I18n } from '../i18n/i18n';
import { IconComponent } from '../icon/icon.component';

/** What went wrong in human words, a way to try again, and the request id for whoever must look. */
@Component({
  selector: 'sc-error-state',
  imports: [IconComponent],
  host: { role: 'alert' },
  template: `
    <span class="disc danger"><sc-icon name="alert" /></span>
    <h2>{{ heading() }}</h2>
    <p>{{ text() }}</p>
    @if (canRetry()) {
      <button type="button" class="sc-button" (click)="retry.emit()">
        <sc-icon name="retry" />{{ i18n.t('common.retry') }}
      </button>
    }
    @if (requestId(); as id) {
      <p class="request">
        {{ i18n.t('common.requestId') }}: <code dir="ltr">{{ id }}</code>
        <button
          type="button"
          class="sc-button sc-button--quiet sc-button--small"
          [attr.aria-label]="i18n.t('common.copyRequestId')"
          (click)="copyId.emit(id)"
        >
          <sc-icon name="copy" />{{ i18n.t('common.copy') }}
        </button>
      </p>
    }
  `,
  styleUrl: './state.css',
})
export class ErrorStateComponent {
  protected readonly i18n = inject(I18n);

  readonly heading = input.required<string>();
  readonly text = input.required<string>();
  readonly requestId = input<string | null>(null);
  readonly canRetry = input(true);

  readonly retry = output();
  /** The request id, to be put on the clipboard. */
  readonly copyId = output<string>();
}
