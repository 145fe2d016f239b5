import { Service, signal } from '@angular/core';
import type { Upload } from '@support-chat/chat-data-access/attachments';
import type { Attachment, AttachmentPolicy } from '@support-chat/contracts';

export const PICTURE: Attachment = {
  id: 1,
  name: 'photo.jpg',
  media_type: 'image/jpeg',
  size: 2048,
  width: 1600,
  height: 1000,
  has_thumbnail: true,
};

export const DOCUMENT: Attachment = {
  id: 2,
  name: 'notes.pdf',
  media_type: 'application/pdf',
  size: 2048,
  width: null,
  height: null,
  has_thumbnail: false,
};

export function uploadOf(id: string, more: Partial<Upload> = {}): Upload {
  return {
    id,
    conversationId: 1,
    ownerId: 1,
    file: new File(['x'.repeat(2048)], `${id}.pdf`, { type: 'application/pdf' }),
    outgoing: null,
    preview: null,
    state: 'waiting',
    progress: 0,
    attachment: null,
    others: [],
    failure: null,
    refusal: null,
    ...more,
  };
}

/** The file as the server has it, ready to go. */
export function readyUpload(id: string, attachment: Attachment): Upload {
  const staged = { conversation_id: 1, sha256: '', expires_at: '' };
  return uploadOf(id, { state: 'ready', progress: 1, attachment: { ...attachment, ...staged } });
}

/** The public face of the uploads, moved by the test's hand. */
@Service({ autoProvided: false })
export class FakeUploads {
  readonly list = signal<readonly Upload[]>([]);
  /** What was asked, in order. */
  readonly calls: string[] = [];

  of(): readonly Upload[] {
    return this.list();
  }

  add(conversationId: number, files: readonly File[]): void {
    this.calls.push(`add ${conversationId} ${files.map(({ name }) => name).join()}`);
    this.list.update((list) => [...list, ...files.map((file) => uploadOf(file.name, { file }))]);
  }

  cancel(id: string): void {
    this.calls.push(`cancel ${id}`);
  }

  retry(id: string): void {
    this.calls.push(`retry ${id}`);
  }

  chooseSmaller(isSmaller: boolean): void {
    this.calls.push(`chooseSmaller ${isSmaller}`);
  }

  sent(attachments: readonly Attachment[]): void {
    this.calls.push(`sent ${attachments.map(({ name }) => name).join()}`);
    this.list.set([]);
  }
}

@Service({ autoProvided: false })
export class FakePolicies {
  readonly policy = signal<AttachmentPolicy | null>({
    is_enabled: true,
    allowed_types: ['image/jpeg', 'application/pdf'],
    max_bytes: 10 * 1024 * 1024,
  });
  asked = 0;

  refresh(): void {
    this.asked += 1;
  }
}
