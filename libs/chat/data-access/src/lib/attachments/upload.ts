import type {
  Attachment,
  AttachmentPolicy,
  Failure,
  StagedAttachment,
} from '@support-chat/contracts';
import { newClientId } from '../client-id';
import { type Refusal, isImageType } from './file-check';
import { type OutgoingFile, hasSizeChoice } from './outgoing-files';

/** A file that the server has, and the form it has it in. */
export interface StagedFile {
  outgoing: OutgoingFile;
  attachment: StagedAttachment;
}

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
  /** On the server in another size, for as long as that may be wanted again. */
  others: readonly StagedFile[];
  /** Why it failed; beside `ready`, why the size that was chosen last did. */
  failure: Failure | null;
  refusal: Refusal | null;
}

/** As it is before anything was done with it. */
export function newUpload(
  chosen: Pick<Upload, 'conversationId' | 'ownerId' | 'file' | 'refusal'>,
): Upload {
  const { file, refusal } = chosen;
  return {
    ...chosen,
    id: newClientId(),
    outgoing: null,
    preview: !refusal && isImageType(file.type) ? URL.createObjectURL(file) : null,
    state: refusal ? 'refused' : 'waiting',
    progress: 0,
    attachment: null,
    others: [],
    failure: null,
  };
}

/** It will be uploaded, or is being. */
export function isUnderWay({ state }: Upload): boolean {
  return state === 'waiting' || state === 'preparing' || state === 'uploading';
}

/** Whether it goes out in the size that the person likes. */
export function canChooseSize(
  { file, outgoing, refusal }: Upload,
  policy: AttachmentPolicy,
): boolean {
  return refusal === null && outgoing?.smaller !== 'limit' && hasSizeChoice(file, policy);
}

/** Whether they are the same: a file is either as it was chosen, or smaller in one way only. */
export function isSameForm(a: OutgoingFile, b: OutgoingFile): boolean {
  return (a.smaller === null) === (b.smaller === null);
}

/** All that the server has of it. */
export function stagedOf({ outgoing, attachment, others }: Upload): StagedFile[] {
  return outgoing && attachment ? [...others, { outgoing, attachment }] : [...others];
}

/** What changes when it is ready in a form that the server has. */
export function readyAs(upload: Upload, staged: StagedFile): Partial<Upload> {
  const others = stagedOf(upload).filter(({ attachment }) => attachment !== staged.attachment);
  return { ...staged, others, state: 'ready', progress: 1, failure: null };
}

/** The files that are ready to go, without what only the upload needs. */
export function attachmentsOf(uploads: readonly Upload[]): Attachment[] {
  return uploads.flatMap(({ attachment }) => {
    if (!attachment) return [];
    const { id, name, media_type, size, width, height, has_thumbnail } = attachment;
    return [{ id, name, media_type, size, width, height, has_thumbnail }];
  });
}
