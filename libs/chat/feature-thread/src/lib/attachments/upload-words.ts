import type { Upload } from '@support-chat/chat-data-access/attachments';
import { claimedType } from '@support-chat/chat-data-access/attachments';
import type { AttachmentPolicy, Failure, FailureCode, FieldCode } from '@support-chat/contracts';
import { type I18n, type TranslationKey, failureText } from '@support-chat/ui';
import { formatBytes } from '@support-chat/ui/attachments';

/** What the API's codes mean for a file. */
const FILE_FAILURES: Partial<Record<FailureCode, TranslationKey>> = {
  forbidden: 'attachment.off',
  unsupported_media_type: 'attachment.wrongKind',
  validation_failed: 'attachment.broken',
};
/** What its codes of fields mean; all that is wrong with an image has one. */
const CONTENT_FAILURES: Partial<Record<FieldCode, TranslationKey>> = {
  bad_format: 'attachment.badImage',
  not_allowed: 'attachment.wrongKind',
  too_short: 'attachment.empty',
};

/** How far a file is, or what is wrong with it. */
export function uploadWords(i18n: I18n, upload: Upload, policy: AttachmentPolicy | null): string {
  const { state, progress, failure, refusal, file, outgoing } = upload;
  const size = formatBytes((outgoing?.file ?? file).size, i18n.locale());
  if (refusal === 'type') return i18n.t('attachment.wrongKind');
  if (refusal === 'pixels') return i18n.t('attachment.tooManyPixels');
  if (refusal === 'empty') return i18n.t('attachment.empty');
  if (refusal === 'size') return tooLarge(i18n, policy);
  if (failure) {
    const words = failureWords(i18n, upload, failure, policy);
    return state === 'ready'
      ? i18n.t('attachment.otherSizeFailed', { size, failure: words })
      : words;
  }
  if (state === 'waiting') return i18n.t('attachment.waiting');
  if (state === 'preparing') return i18n.t('attachment.preparing');
  if (state === 'ready') return sizeWords(i18n, upload, size);
  if (progress === 1) return i18n.t('attachment.checking');
  const percent = new Intl.NumberFormat(i18n.locale(), { style: 'percent' }).format(progress);
  return i18n.t('attachment.uploading', { percent, size });
}

/** Whoever sees the size sees whether it is that of the file as it was chosen. */
function sizeWords(i18n: I18n, { file, outgoing }: Upload, size: string): string {
  if (!outgoing?.smaller) return size;
  if (outgoing.smaller === 'limit') return i18n.t('attachment.fitted', { size });
  const original = formatBytes(file.size, i18n.locale());
  return i18n.t('attachment.smaller', { size, original });
}

function failureWords(
  i18n: I18n,
  { file }: Upload,
  failure: Failure,
  policy: AttachmentPolicy | null,
): string {
  if (failure.code === 'payload_too_large') return tooLarge(i18n, policy);
  const [wrong] = failure.errors;
  const key =
    wrong?.code === 'not_allowed' && isTextTaken(file, policy)
      ? 'attachment.notPlainText'
      : ((wrong && CONTENT_FAILURES[wrong.code]) ?? FILE_FAILURES[failure.code]);
  return key ? i18n.t(key) : failureText(i18n, failure);
}

/** Then it is not the kind that is wrong with it, but how it is written. */
function isTextTaken(file: File, policy: AttachmentPolicy | null): boolean {
  const isText = claimedType(file) === 'text/plain';
  return isText && policy?.allowed_types.includes('text/plain') === true;
}

function tooLarge(i18n: I18n, policy: AttachmentPolicy | null): string {
  const size = formatBytes(policy?.max_bytes ?? 0, i18n.locale());
  return i18n.t('attachment.tooLarge', { size });
}
