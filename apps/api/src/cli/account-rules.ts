import { LIMITS, codePointLength } from '@support-chat/contracts';
import { EMAIL_ADDRESS, ONE_LINE } from '../auth';
import { isStorableText } from '../platform/http/text-rules';
import { CommandError } from './command-error';

/** The rules of registration, for accounts made here. Each gives the text as it is stored. */
export function readEmail(raw: string): string {
  const email = raw.trim();
  if (EMAIL_ADDRESS.test(email) && email.length <= LIMITS.emailMaxLength) return email;
  throw new CommandError(`"${raw}" is not an e-mail address.`, 2);
}

export function readName(raw: string): string {
  const name = raw.trim();
  const length = codePointLength(name);
  const hasLength = length >= LIMITS.nameMinLength && length <= LIMITS.nameMaxLength;
  if (hasLength && isStorableText(name) && ONE_LINE.test(name)) return name;
  throw new CommandError(`A name has 1 to ${LIMITS.nameMaxLength} characters on one line.`, 2);
}

export function readPassword(password: string): string {
  const length = codePointLength(password);
  const { passwordMinLength: min, passwordMaxLength: max } = LIMITS;
  if (length >= min && length <= max && isStorableText(password)) return password;
  throw new CommandError(`A password has ${min} to ${max} characters.`, 2);
}
