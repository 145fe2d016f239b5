import { Component, computed, inject, input, output } from '@angular/core';
import { I18n } from '../i18n/i18n';
import { IconComponent } from '../icon/icon.component';

/** Leads down to the newest message, and says how many came while one was reading above. */
@Component({
  selector: 'sc-new-messages-button',
  imports: [IconComponent],
  template: `
    <button
      type="button"
      class="sc-button"
      [class.sc-button--primary]="count() > 0"
      [class.sc-button--icon]="count() === 0"
      [attr.aria-label]="words()"
      (click)="pressed.emit()"
    >
      <sc-icon name="down" />
      @if (count() > 0) {
        {{ words() }}
      }
    </button>
  `,
  styles: `
    button {
      border-radius: var(--sc-radius-pill);
      box-shadow: var(--sc-shadow-lg);
    }
  `,
})
export class NewMessagesButtonComponent {
  private readonly i18n = inject(I18n);

  readonly count = input.required<number>();
  readonly pressed = output();

  protected readonly words = computed(() =>
    this.count() > 0
      ? this.i18n.plural('thread.newMessages', this.count())
      : this.i18n.t('thread.toNewest'),
  );
}
