import { Component, computed, inject, input, output, signal } from '@angular/core';
import { AttachmentFiles, isImageType } from '@support-chat/chat-data-access/attachments';
import type { Attachment } from '@support-chat/contracts';
import { I18n, failureText } from '@support-chat/ui';
import { FileCardComponent, InlineImageComponent } from '@support-chat/ui/attachments';
import { FileDownload } from './file-download';
import { ImageSource } from './image-source';

/** A message's file: an image to look at, or a card to download it by. */
@Component({
  selector: 'sc-message-attachment',
  imports: [FileCardComponent, InlineImageComponent],
  providers: [FileDownload],
  template: `
    @if (isImage()) {
      <sc-inline-image
        [name]="attachment().name"
        [url]="image.url()"
        [hasFailed]="hasFailed()"
        [isActive]="isActive()"
        (opened)="opened.emit()"
        (retried)="retry()"
        (broken)="isBroken.set(true)"
      />
    } @else {
      <sc-file-card
        [file]="attachment()"
        [isActive]="isActive()"
        [isBusy]="download.isBusy()"
        [failure]="failure()"
        (pressed)="download.start(attachment())"
      />
    }
  `,
  styles: `
    :host {
      display: block;
      block-size: 100%;
    }
  `,
})
export class MessageAttachmentComponent {
  private readonly i18n = inject(I18n);
  private readonly files = inject(AttachmentFiles);
  protected readonly download = inject(FileDownload);

  readonly attachment = input.required<Attachment>();
  readonly isActive = input(false);
  readonly opened = output();

  protected readonly isImage = computed(() => isImageType(this.attachment().media_type));
  /** The same one, though the message around it was read and came anew. */
  private readonly file = computed(() => this.attachment(), { equal: (a, b) => a.id === b.id });
  protected readonly image = new ImageSource(() =>
    this.isImage() ? this.files.thumbnail(this.file()) : null,
  );
  protected readonly isBroken = signal(false);
  protected readonly hasFailed = computed(() => this.isBroken() || this.image.failure() !== null);
  protected readonly failure = computed(() => {
    const failure = this.download.failure();
    if (!failure) return '';
    return this.i18n.t('attachment.downloadFailed', { failure: failureText(this.i18n, failure) });
  });

  protected retry(): void {
    this.isBroken.set(false);
    this.image.retry();
  }
}
