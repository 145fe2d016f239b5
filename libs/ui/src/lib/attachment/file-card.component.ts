import { Component, computed, inject, input, output } from '@angular/core';
import type { Attachment } from '@support-chat/contracts';
import { I18n } from '../i18n/i18n';
import { IconComponent } from '../icon/icon.component';
import { FILE_KINDS, fileIcon } from './file-kinds';
import { formatBytes } from './format-bytes';

/** A document in a message: its name, kind and size; a press downloads it. */
@Component({
  selector: 'sc-file-card',
  imports: [IconComponent],
  template: `
    <button
      type="button"
      [attr.tabindex]="tabIndex()"
      [attr.aria-busy]="isBusy()"
      (click)="pressed.emit()"
    >
      <span class="look"><sc-icon [name]="icon()" /></span>
      <span class="words">
        <span class="sc-visually-hidden">{{ i18n.t('attachment.downloadFile') }}</span>
        <bdi class="name">{{ file().name }}</bdi>
        <span class="detail">{{ detail() }}</span>
      </span>
      <sc-icon class="sign" name="download" />
    </button>
    @if (failure()) {
      <p role="alert">{{ failure() }}</p>
    }
  `,
  styleUrl: './file-card.component.css',
})
export class FileCardComponent {
  protected readonly i18n = inject(I18n);

  readonly file = input.required<Attachment>();
  /** Whether Tab stops here. */
  readonly isActive = input(false);
  readonly isBusy = input(false);
  /** Why it could not be downloaded, in words. */
  readonly failure = input('');
  readonly pressed = output();

  protected readonly tabIndex = computed(() => (this.isActive() ? 0 : -1));
  protected readonly icon = computed(() => fileIcon(this.file().media_type));
  protected readonly detail = computed(() => {
    const { media_type: type, size } = this.file();
    return `${this.i18n.t(FILE_KINDS[type])} · ${formatBytes(size, this.i18n.locale())}`;
  });
}
