const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = '[A-Za-z0-9-]+';

/**
 * An unquoted address (RFC 5321 section 4.1.2) in ASCII: without the letters that fold differently
 * in different places, two spellings of one address are always one account.
 */
export const EMAIL_ADDRESS = new RegExp(`^${ATOM}(\\.${ATOM})*@${LABEL}(\\.${LABEL})*$`);

/** What sign-ins with any spelling of one address have in common. */
export function accountKey(email: string): string {
  return email.trim().toLowerCase();
}
