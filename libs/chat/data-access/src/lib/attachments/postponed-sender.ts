import { Service, effect, inject, untracked } from '@angular/core';
import { Drafts } from '../drafts';
import { Outbox } from '../outbox';
import { AttachmentPolicyStore } from './attachment-policy.store';
import { FileHold } from './file-hold';
import { type Upload, attachmentsOf, isUnderWay } from './upload';
import { Uploads } from './uploads';

/**
 * Uploads the files that were chosen, and puts messages that wait for theirs in the outbox once all
 * are uploaded, whether their conversation is open or not. A file that fails stops its message: the
 * text stays a draft, and its writer decides.
 */
@Service()
export class PostponedSender {
  private readonly hold = inject(FileHold);
  private readonly uploads = inject(Uploads);
  private readonly policies = inject(AttachmentPolicyStore);
  private readonly outbox = inject(Outbox);
  private readonly drafts = inject(Drafts);

  constructor() {
    effect(() => {
      this.takeFiles();
    });
    effect(() => {
      this.sendWhole();
    });
  }

  private takeFiles(): void {
    const waiting = this.hold.waiting();
    if (!this.policies.policy()) return;
    for (const { conversationId: id, files } of waiting) {
      if (files.length > 0)
        untracked(() => {
          this.uploads.add(id, this.hold.take(id));
        });
    }
  }

  private sendWhole(): void {
    for (const { conversationId: id, files, text } of this.hold.waiting()) {
      const isBusy = files.length > 0 || this.uploads.of(id).some(isUnderWay);
      if (text === null || isBusy) continue;
      untracked(() => {
        this.send(id, text);
      });
    }
  }

  private send(id: number, text: string): void {
    const uploads = this.uploads.of(id);
    const attachments = attachmentsOf(uploads);
    if (attachments.length === 0 || uploads.some(isUnexpected)) {
      this.hold.release(id);
      return;
    }
    this.outbox.addMessage(id, text, attachments);
    this.uploads.sent(attachments);
    if (this.drafts.read(id).trim() === text) this.drafts.write(id, '');
    this.hold.sent(id, text);
  }
}

/** It, or the size that was chosen last, did not arrive: its writer could not know when they sent it. */
function isUnexpected({ state, outgoing, failure }: Upload): boolean {
  return failure !== null || state === 'failed' || (state === 'refused' && outgoing !== null);
}
