import { DOCUMENT, Service, inject, signal } from '@angular/core';
import { AttachmentApi } from '@support-chat/chat-data-access/attachments';
import {
  ANSWER_WITHIN_MS,
  type Attachment,
  type Failure,
  readFailure,
} from '@support-chat/contracts';
import { firstValueFrom, timeout } from 'rxjs';

/** Hands a file to the browser's own downloads. Never throws; what fails shows in `failure`. */
@Service({ autoProvided: false })
export class FileDownload {
  private readonly api = inject(AttachmentApi);
  private readonly document = inject(DOCUMENT);
  private readonly busy = signal(false);
  private readonly lastFailure = signal<Failure | null>(null);

  readonly isBusy = this.busy.asReadonly();
  readonly failure = this.lastFailure.asReadonly();

  /** Something else is looked at: what failed before is no news of it. */
  forget(): void {
    this.lastFailure.set(null);
  }

  async start({ id, name }: Attachment): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.lastFailure.set(null);
    try {
      const answer = this.api.link(id).pipe(timeout(ANSWER_WITHIN_MS));
      const { url } = await firstValueFrom(answer);
      const link = this.document.createElement('a');
      link.href = url;
      link.download = name;
      link.click();
    } catch (error) {
      this.lastFailure.set(readFailure(error));
    }
    this.busy.set(false);
  }
}
