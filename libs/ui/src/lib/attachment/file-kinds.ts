import { type AttachmentType, IMAGE_TYPES } from '@support-chat/contracts';
import type { TranslationKey } from '../i18n/translation-keys';
import type { IconName } from '../icon/icon-paths';

/** What people call each type. */
export const FILE_KINDS: Record<AttachmentType, TranslationKey> = {
  'image/jpeg': 'attachment.kind.jpeg',
  'image/png': 'attachment.kind.png',
  'image/webp': 'attachment.kind.webp',
  'application/pdf': 'attachment.kind.pdf',
  'application/zip': 'attachment.kind.zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'attachment.kind.docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'attachment.kind.xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation':
    'attachment.kind.pptx',
  'application/vnd.oasis.opendocument.text': 'attachment.kind.odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'attachment.kind.ods',
  'application/vnd.oasis.opendocument.presentation': 'attachment.kind.odp',
  'text/plain': 'attachment.kind.txt',
};

export function fileIcon(type: string): IconName {
  if (type === 'application/zip') return 'archive';
  return IMAGE_TYPES.some((image) => image === type) ? 'image' : 'file';
}
