import { Clipboard } from '@angular/cdk/clipboard';
import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import type { Failure, FailureCode } from '@support-chat/contracts';
import { I18n } from '../i18n/i18n';
import { IconComponent } from '../icon/icon.component';
import { failureText } from './failure-text';

/** Failures that trying again cannot mend. */
const FINAL: readonly FailureCode[] = ['not_found', 'forbidden'];

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
    @if (failure().requestId; as id) {
      <p class="request">
        {{ i18n.t('common.requestId') }}: <code dir="ltr">{{ id }}</code>
        <button
          type="button"
          class="sc-button sc-button--quiet sc-button--small"
          [attr.aria-label]="i18n.t('common.copyRequestId')"
          (click)="copy(id)"
        >
          <sc-icon [name]="isCopied() ? 'check' : 'copy'" />
          {{ i18n.t(isCopied() ? 'common.copied' : 'common.copy') }}
        </button>
      </p>
    }
  `,
  styleUrl: './state.css',
})
export class ErrorStateComponent {
  protected readonly i18n = inject(I18n);
  private readonly clipboard = inject(Clipboard);

  readonly heading = input.required<string>();
  readonly failure = input.required<Failure>();
  readonly retry = output();

  protected readonly text = computed(() => failureText(this.i18n, this.failure()));
  protected readonly canRetry = computed(() => !FINAL.includes(this.failure().code));
  protected readonly isCopied = linkedSignal({ source: this.failure, computation: () => false });

  protected copy(requestId: string): void {
    this.isCopied.set(this.clipboard.copy(requestId));
  }
}
