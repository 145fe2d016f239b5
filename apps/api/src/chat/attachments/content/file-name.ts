import {
  ATTACHMENT_ENDINGS,
  LIMITS,
  codePointLength,
  truncateCodePoints,
  type AttachmentType,
} from '@support-chat/contracts';

/** Controls and marks that turn the direction of text; the joiners that some scripts need stay. */
const INVISIBLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffd]/gu;
/** What one of the usual systems does not take in a name. */
const FORBIDDEN = /["*:<>?|]/g;
/** Devices of Windows, whatever their ending. */
const RESERVED = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?=\.|$)/i;
const FALLBACK = 'file';

/**
 * A name to show and to download under: no path, nothing invisible, safe on every system, and with
 * an ending that fits the content. Files are never stored under it.
 */
export function cleanName(claimed: string, type: AttachmentType): string {
  const base = claimed
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(/^.*[/\\]/s, '')
    .replace(FORBIDDEN, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .replace(RESERVED, '_$1');
  return withEnding(base === '' ? FALLBACK : base, type);
}

function withEnding(name: string, type: AttachmentType): string {
  const endings = ATTACHMENT_ENDINGS[type];
  const found = /\.(\w+)$/.exec(name)?.[1];
  const fits = found !== undefined && endings.includes(found.toLowerCase());
  const ending = `.${fits ? found : (endings[0] ?? '')}`;
  const stem = fits ? name.slice(0, -ending.length) : name;
  return (
    truncateCodePoints(stem, LIMITS.attachmentNameMaxLength - codePointLength(ending)) + ending
  );
}
