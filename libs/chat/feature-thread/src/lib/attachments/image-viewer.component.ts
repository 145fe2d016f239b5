import { Component, computed, effect, inject, input, output, untracked } from '@angular/core';
import { AttachmentFiles } from '@support-chat/chat-data-access/attachments';
import type { Attachment } from '@support-chat/contracts';
import { I18n, failureText } from '@support-chat/ui';
import { LightboxComponent } from '@support-chat/ui/attachments';
import { FileDownload } from './file-download';
import { ImageSource } from './image-source';

/** The images of a thread, large; open while it exists. */
@Component({
  selector: 'sc-image-viewer',
  imports: [LightboxComponent],
  providers: [FileDownload],
  template: `
    <sc-lightbox
      [name]="image()?.name ?? ''"
      [url]="source.url()"
      [failure]="failure()"
      [notice]="notice()"
      [index]="index()"
      [count]="images().length"
      (indexChange)="show($event)"
      (downloaded)="save()"
      (closed)="closed.emit()"
    />
  `,
})
export class ImageViewerComponent {
  private readonly i18n = inject(I18n);
  private readonly files = inject(AttachmentFiles);
  private readonly download = inject(FileDownload);

  readonly images = input.required<readonly Attachment[]>();
  readonly imageId = input.required<number>();
  readonly imageIdChange = output<number>();
  readonly closed = output();

  protected readonly index = computed(() =>
    this.images().findIndex(({ id }) => id === this.imageId()),
  );
  protected readonly image = computed(() => this.images()[this.index()]);
  protected readonly source = new ImageSource(() => this.files.image(this.imageId()));
  protected readonly failure = computed(() => {
    const failure = this.source.failure();
    return failure ? failureText(this.i18n, failure) : '';
  });
  protected readonly notice = computed(() => {
    const failure = this.download.failure();
    if (!failure) return '';
    return this.i18n.t('attachment.downloadFailed', { failure: failureText(this.i18n, failure) });
  });

  constructor() {
    effect(() => {
      this.imageId();
      untracked(() => {
        this.download.forget();
      });
    });
  }

  protected show(index: number): void {
    const image = this.images()[index];
    if (image) this.imageIdChange.emit(image.id);
  }

  protected async save(): Promise<void> {
    const image = this.image();
    if (image) await this.download.start(image);
  }
}
