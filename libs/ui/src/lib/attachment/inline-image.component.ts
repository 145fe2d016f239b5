import { Component, computed, inject, input, output } from '@angular/core';
import { I18n } from '../i18n/i18n';
import { IconComponent } from '../icon/icon.component';

/** An image in a message, filling the room kept for it; a press opens it large. */
@Component({
  selector: 'sc-inline-image',
  imports: [IconComponent],
  template: `
    @if (hasFailed()) {
      <button type="button" class="failed" [attr.tabindex]="tabIndex()" (click)="retried.emit()">
        <sc-icon name="retry" />
        <span>{{ i18n.t('attachment.imageFailed', { name: name() }) }}</span>
      </button>
    } @else {
      <button
        type="button"
        [attr.tabindex]="tabIndex()"
        [attr.aria-label]="i18n.t('attachment.openImage', { name: name() })"
        (click)="opened.emit()"
      >
        @if (url(); as source) {
          <img alt="" [src]="source" (error)="broken.emit()" />
        }
      </button>
    }
  `,
  styleUrl: './inline-image.component.css',
})
export class InlineImageComponent {
  protected readonly i18n = inject(I18n);

  readonly name = input.required<string>();
  /** Null while it is fetched. */
  readonly url = input.required<string | null>();
  readonly hasFailed = input(false);
  /** Whether Tab stops here. */
  readonly isActive = input(false);
  readonly opened = output();
  readonly retried = output();
  /** The browser cannot show it. */
  readonly broken = output();

  protected readonly tabIndex = computed(() => (this.isActive() ? 0 : -1));
}
