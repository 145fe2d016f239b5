import type { Attachment, Failure, StagedAttachment } from '@support-chat/contracts';
import type { Refusal } from './file-check';
import type { OutgoingFile } from './outgoing-files';

/** One file on its way to the server, before the message that will carry it. */
export interface Upload {
  id: string;
  conversationId: number;
  /** Who chose it. */
  ownerId: number;
  /** As it was chosen. */
  file: File;
  /** As it goes out; known when its turn has come. */
  outgoing: OutgoingFile | null;
  /** Object URL of an image, to look at before it is sent. */
  preview: string | null;
  /** `refused` never goes out; `failed` waits for the person. */
  state: 'waiting' | 'preparing' | 'uploading' | 'ready' | 'failed' | 'refused';
  /** 0 to 1; at 1 the server still looks at it. */
  progress: number;
  attachment: StagedAttachment | null;
  failure: Failure | null;
  refusal: Refusal | null;
}

/** It will be uploaded, or is being. */
export function isUnderWay({ state }: Upload): boolean {
  return state === 'waiting' || state === 'preparing' || state === 'uploading';
}

/** The files that are ready to go, without what only the upload needs. */
export function attachmentsOf(uploads: readonly Upload[]): Attachment[] {
  return uploads.flatMap(({ attachment }) => {
    if (!attachment) return [];
    const { id, name, media_type, size, width, height, has_thumbnail } = attachment;
    return [{ id, name, media_type, size, width, height, has_thumbnail }];
  });
}
