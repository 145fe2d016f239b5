import type { Failure, StagedAttachment } from '@support-chat/contracts';
import type { Refusal } from './file-check';

/** One file on its way to the server, before the message that will carry it. */
export interface Upload {
  id: string;
  conversationId: number;
  /** Who chose it. */
  ownerId: number;
  file: File;
  /** Object URL of an image, to look at before it is sent. */
  preview: string | null;
  /** `refused` never goes out; `failed` waits for the person. */
  state: 'waiting' | 'uploading' | 'ready' | 'failed' | 'refused';
  /** 0 to 1; at 1 the server still looks at it. */
  progress: number;
  attachment: StagedAttachment | null;
  failure: Failure | null;
  refusal: Refusal | null;
}
