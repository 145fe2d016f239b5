import {
  ATTACHMENT_ENDINGS,
  type AttachmentType,
  DOCUMENT_TYPES,
  IMAGE_TYPES,
} from '@support-chat/contracts';
import type { I18n, TranslationKey } from '@support-chat/ui';

/** Kinds that have one name where all of them may be sent. */
const FAMILIES: [TranslationKey, readonly AttachmentType[]][] = [
  ['attachment.family.images', IMAGE_TYPES],
  ['attachment.family.office', DOCUMENT_TYPES.filter((type) => /openxml|opendocument/.test(type))],
  ['attachment.family.text', ['text/plain']],
];

/** Each kind by itself. */
export function kindWords(i18n: I18n, types: readonly AttachmentType[]): string {
  return listOf(i18n, types.map(endingOf));
}

/** In as few words as say the same, to begin a line with. */
export function shortKindWords(i18n: I18n, types: readonly AttachmentType[]): string {
  const names = types.map((type) => {
    const family = FAMILIES.find(
      ([, members]) => members.includes(type) && members.every((member) => types.includes(member)),
    );
    return family ? i18n.t(family[0]) : endingOf(type);
  });
  const words = listOf(i18n, new Set(names));
  return words.charAt(0).toLocaleUpperCase(i18n.locale()) + words.slice(1);
}

function endingOf(type: AttachmentType): string {
  return ATTACHMENT_ENDINGS[type][0]?.toUpperCase() ?? '';
}

function listOf(i18n: I18n, names: Iterable<string>): string {
  return new Intl.ListFormat(i18n.locale(), { type: 'unit', style: 'short' }).format(names);
}
