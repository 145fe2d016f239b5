import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Component, DestroyRef, computed, effect, inject, output } from '@angular/core';
import {
  AttachmentPolicyStore,
  ImageChoice,
  PostponedSender,
  type Upload,
  Uploads,
  acceptOf,
  attachmentsOf,
  canChooseSize,
  isUnderWay,
} from '@support-chat/chat-data-access/attachments';
import type { Attachment } from '@support-chat/contracts';
import { I18n } from '@support-chat/ui';
import {
  type UploadView,
  UploadTrayComponent,
  fileIcon,
  formatBytes,
} from '@support-chat/ui/attachments';
import { FileIntake, type FileTray } from './file-intake';
import { kindWords, shortKindWords } from './kind-words';
import { uploadWords } from './upload-words';

/**
 * The files that go with the next message of a conversation, loaded after the thread. A message sent
 * while some are still uploading waits for them.
 */
@Component({
  selector: 'sc-attachment-tray',
  imports: [UploadTrayComponent],
  template: `
    @if (views().length > 0) {
      <sc-upload-tray
        [uploads]="views()"
        (removed)="store.cancel($event)"
        (retried)="store.retry($event)"
        (cleared)="cleared.emit()"
      />
    }
    @if (hasChoice()) {
      <label>
        <input
          #box
          type="checkbox"
          [checked]="choice.isSmaller()"
          (change)="store.chooseSmaller(box.checked)"
        />
        {{ i18n.t('attachment.sendSmaller') }}
      </label>
    }
    <p role="status">
      @if (intake.isPostponed()) {
        {{ i18n.t('attachment.postponed') }}
      }
    </p>
  `,
  styles: `
    label {
      display: flex;
      align-items: center;
      gap: var(--sc-space-2);
      inline-size: fit-content;
      min-block-size: var(--sc-target);
      font-size: var(--sc-text-sm);
      cursor: pointer;
    }

    input {
      flex: none;
      inline-size: 1.125rem;
      block-size: 1.125rem;
      margin: 0;
      accent-color: var(--sc-color-accent);
      cursor: pointer;
    }

    p {
      color: var(--sc-color-muted);
      font-size: var(--sc-text-sm);
    }

    p:not(:empty) {
      padding-inline: var(--sc-space-4);
      margin-block-end: var(--sc-space-1);
    }
  `,
})
export class AttachmentTrayComponent implements FileTray {
  protected readonly i18n = inject(I18n);
  protected readonly store = inject(Uploads);
  protected readonly choice = inject(ImageChoice);
  private readonly policies = inject(AttachmentPolicyStore);
  protected readonly intake = inject(FileIntake);
  private readonly live = inject(LiveAnnouncer);

  /** The last file was taken out by hand, and the focus needs another place. */
  readonly cleared = output();

  private readonly uploads = computed(() => this.store.of(this.intake.conversationId()));
  protected readonly views = computed(() => this.uploads().map((upload) => this.viewOf(upload)));
  protected readonly hasChoice = computed(() => {
    const policy = this.policies.policy();
    return policy !== null && this.uploads().some((upload) => canChooseSize(upload, policy));
  });
  readonly isUploading = computed(() => this.uploads().some(isUnderWay));
  /** What was said of each. */
  private said = new Map<string, string>();

  readonly attachments = computed(() => attachmentsOf(this.uploads()));

  constructor() {
    inject(PostponedSender); // Works from now on, with or without this tray.
    this.policies.refresh();
    this.intake.tray.set(this);
    inject(DestroyRef).onDestroy(() => {
      this.intake.tray.set(null);
    });
    effect(() => {
      this.intake.rules.set(this.rules());
    });
    effect(() => {
      this.announce(this.uploads());
    });
  }

  sent(attachments: readonly Attachment[]): void {
    this.store.sent(attachments);
  }

  private rules() {
    const policy = this.policies.policy();
    if (!policy) return null;
    const { allowed_types: types } = policy;
    const size = formatBytes(policy.max_bytes, this.i18n.locale());
    return {
      isEnabled: policy.is_enabled && types.length > 0,
      accept: acceptOf(policy),
      hint: this.i18n.t('attachment.hint', { size, kinds: kindWords(this.i18n, types) }),
      limit: this.i18n.t('attachment.limit', { size, kinds: shortKindWords(this.i18n, types) }),
    };
  }

  private viewOf(upload: Upload): UploadView {
    const { id, file, preview, progress } = upload;
    const state = upload.state === 'preparing' ? 'waiting' : upload.state;
    const detail = uploadWords(this.i18n, upload, this.policies.policy());
    return { id, name: file.name, icon: fileIcon(file.type), preview, state, progress, detail };
  }

  /** What came to an end is said, each once, or anew where the reason is known better. */
  private announce(uploads: readonly Upload[]): void {
    const said = new Map(uploads.map((upload) => [upload.id, this.endOf(upload)]));
    for (const upload of uploads) {
      const words = said.get(upload.id) ?? '';
      if (words === '' || this.said.get(upload.id) === words) continue;
      const isGood = upload.state === 'ready' && upload.failure === null;
      // Good news may wait.
      void this.live.announce(words, isGood ? 'polite' : 'assertive');
    }
    this.said = said;
  }

  /** Empty while it is under way. */
  private endOf(upload: Upload): string {
    const { file, state, outgoing, failure } = upload;
    const { name } = file;
    if (state === 'ready' && failure === null) {
      const isFitted = outgoing?.smaller === 'limit';
      return this.i18n.t(isFitted ? 'attachment.announceFitted' : 'attachment.announceReady', {
        name,
      });
    }
    if (isUnderWay(upload)) return '';
    const reason = uploadWords(this.i18n, upload, this.policies.policy());
    return this.i18n.t('attachment.announceFailed', { name, failure: reason });
  }
}
