import type { Failure } from '@support-chat/contracts';
import type { I18n } from '../i18n/i18n';

/** A failed call in human words, with the waiting time where the server gave one. */
export function failureText(i18n: I18n, { code, retryAfterSeconds }: Failure): string {
  const words = i18n.t(`problem.${code}`);
  if (retryAfterSeconds === null) return words;
  return `${words} ${i18n.plural('common.retryAfter', retryAfterSeconds)}`;
}
