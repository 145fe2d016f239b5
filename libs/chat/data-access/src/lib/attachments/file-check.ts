import {
  ATTACHMENT_ENDINGS,
  ATTACHMENT_TYPES,
  type AttachmentPolicy,
  type AttachmentType,
  IMAGE_TYPES,
} from '@support-chat/contracts';

/** Why a file need not be uploaded: the server would not take it. */
export type Refusal = 'type' | 'size' | 'pixels' | 'empty';

const TYPES_BY_ENDING = new Map(
  ATTACHMENT_TYPES.flatMap((type) => ATTACHMENT_ENDINGS[type].map((end) => [end, type] as const)),
);
/** Refused by how they begin, while much of what has other types is text or a ZIP inside. */
const NEVER_TAKEN = [
  /^image\/(?:avif|bmp|gif|hei[cf]|svg\+xml|tiff)$/,
  /^(?:audio|video)\/(?:mp4|mpeg|ogg|quicktime|wav|webm|x-matroska|x-msvideo)$/,
  /^application\/(?:gzip|vnd\.rar|x-7z-compressed)$/,
  /^application\/(?:vnd\.microsoft\.portable-executable|x-msdos-program|x-msdownload)$/,
];

/**
 * Null for what the server may take: it decides by the content, this only by name and size, so what
 * is not surely refused there is uploaded.
 */
export function checkFile(file: File, policy: AttachmentPolicy): Refusal | null {
  if (file.size === 0) return 'empty';
  if (file.size > policy.max_bytes) return 'size';
  return mayBeTaken(file, policy.allowed_types) ? null : 'type';
}

/** What the browser's choice of files offers first. */
export function acceptOf({ allowed_types: types }: AttachmentPolicy): string {
  return types
    .flatMap((type) => [type, ...ATTACHMENT_ENDINGS[type].map((end) => `.${end}`)])
    .join();
}

export function isImageType(type: string): boolean {
  return IMAGE_TYPES.some((image) => image === type);
}

/**
 * What a file says that it is. The name comes first: systems have types of their own for it, such as
 * a video's for `.ts`.
 */
export function claimedType({ name, type }: File): AttachmentType | undefined {
  const known =
    TYPES_BY_ENDING.get(name.split('.').at(-1)?.toLowerCase() ?? '') ??
    ATTACHMENT_TYPES.find((one) => one === type);
  return known ?? (type.startsWith('text/') ? 'text/plain' : undefined);
}

function mayBeTaken(file: File, allowed: readonly AttachmentType[]): boolean {
  const claimed = claimedType(file);
  return claimed ? allowed.includes(claimed) : !NEVER_TAKEN.some((kind) => kind.test(file.type));
}
