import { type AttachmentPolicy, type AttachmentType, IMAGE_TYPES } from '@support-chat/contracts';

/** Why a file need not be uploaded: the server would not take it. */
export type Refusal = 'type' | 'size' | 'empty';

/** The usual ends of names; browsers report other types for some of them, by system. */
export const FILE_ENDINGS: Record<AttachmentType, readonly string[]> = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
  'application/zip': ['zip'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/vnd.oasis.opendocument.presentation': ['odp'],
  'text/plain': ['txt', 'csv', 'md', 'log'],
};

const TYPES_BY_ENDING = new Map(
  Object.entries(FILE_ENDINGS).flatMap(([type, endings]) =>
    endings.map((ending) => [ending, type as AttachmentType]),
  ),
);
/** May be plain text inside, which only the server finds out. */
const PERHAPS_TEXT = /^$|^text\/|^application\/(?:json|xml|x-yaml|x-sh|sql|javascript)$/;

/** Null for what the server may take; it decides by the content, this only by name and size. */
export function checkFile(file: File, policy: AttachmentPolicy): Refusal | null {
  if (file.size === 0) return 'empty';
  if (file.size > policy.max_bytes) return 'size';
  const type = typeOf(file);
  return policy.allowed_types.some((allowed) => allowed === type) ? null : 'type';
}

/** What the browser's choice of files offers first. */
export function acceptOf({ allowed_types: types }: AttachmentPolicy): string {
  return types.flatMap((type) => [type, ...FILE_ENDINGS[type].map((end) => `.${end}`)]).join();
}

export function isImageType(type: string): boolean {
  return IMAGE_TYPES.some((image) => image === type);
}

function typeOf({ name, type }: File): string {
  const known = TYPES_BY_ENDING.get(name.split('.').at(-1)?.toLowerCase() ?? '');
  if (known) return known;
  return PERHAPS_TEXT.test(type) ? 'text/plain' : type;
}
