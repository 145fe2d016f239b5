/** What a message carries. The bytes come from `API_ROUTES.attachmentContent` and its thumbnail. */
export interface Attachment {
  id: number;
  /** As the sender named it, cleaned: 1 to `LIMITS.attachmentNameMaxLength` code points, no path. */
  name: string;
  /** Decided by the content, never by what the sender claims. */
  media_type: AttachmentType;
  /** Bytes, as stored: a re-encoded image may differ from what was sent. */
  size: number;
  /** Pixels, of images only, so that the page can keep the room free. */
  width: number | null;
  height: number | null;
  /** A small image for the conversation exists. */
  has_thumbnail: boolean;
}

/** Uploaded and not yet sent; it goes away by itself at `expires_at`. */
export interface StagedAttachment extends Attachment {
  conversation_id: number;
  /** Of the bytes as they arrived, lower-case hex. */
  sha256: string;
  expires_at: string;
}

/** Images are shown in the conversation, after they were encoded anew. */
export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;
/** Everything else is only ever downloaded. */
export const DOCUMENT_TYPES = [
  'application/pdf',
  'application/zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'text/plain',
] as const;
/** What an administrator may allow. */
export const ATTACHMENT_TYPES = [...IMAGE_TYPES, ...DOCUMENT_TYPES] as const;
export type AttachmentType = (typeof ATTACHMENT_TYPES)[number];

/** Sources that courses are about too, none of which a double click runs. */
const TEXT_ENDINGS =
  'txt md csv tsv log tex bib json yml yaml sql c h cpp hpp java kt rs go ts r m ipynb'.split(' ');

/** Endings of names that fit a type; the first is the one that people know it by. */
export const ATTACHMENT_ENDINGS: Record<AttachmentType, readonly string[]> = {
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
  'text/plain': TEXT_ENDINGS,
};

/** Told to the clients before an upload, and set by administrators. */
export interface AttachmentPolicy {
  is_enabled: boolean;
  allowed_types: AttachmentType[];
  /** Bytes, 1 to `LIMITS.attachmentBytesMax`. */
  max_bytes: number;
}

/** A link that opens without a header, for this caller and for `expires_in` seconds. */
export interface AttachmentLink {
  /** Path on the same origin, with its signature. */
  url: string;
  expires_in: number;
}
