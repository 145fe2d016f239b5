import { thumbnailKey, type AttachmentRow } from '../attachment.row';
import { contentDisposition } from './content-disposition';

/** A file of the store, and how to present it. */
export interface OutgoingFile {
  key: string;
  size: number;
  mediaType: string;
  /** Strong entity tag, with its quotes. */
  tag: string;
  disposition: string;
}

const TAG_LENGTH = 22;

/** Images are shown; everything else is only ever saved. */
export function contentOf(attachment: AttachmentRow): OutgoingFile {
  const { name, size, media_type, storage_key, width } = attachment;
  return {
    key: storage_key,
    size,
    mediaType: media_type === 'text/plain' ? 'text/plain; charset=utf-8' : media_type,
    tag: `"${fingerprint(attachment)}"`,
    disposition: contentDisposition(width === null ? 'attachment' : 'inline', name),
  };
}

/** Null where there is none. */
export function thumbnailOf(attachment: AttachmentRow): OutgoingFile | null {
  if (attachment.thumbnail_size === null) return null;
  return {
    key: thumbnailKey(attachment.storage_key),
    size: attachment.thumbnail_size,
    mediaType: 'image/webp',
    tag: `"${fingerprint(attachment)}-thumbnail"`,
    disposition: contentDisposition('inline', 'thumbnail.webp'),
  };
}

function fingerprint({ sha256 }: AttachmentRow): string {
  return sha256.toString('base64url').slice(0, TAG_LENGTH);
}
