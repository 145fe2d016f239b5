import type { IncomingMessage } from 'node:http';

const SCHEME = /^bearer +(\S+)$/i;

/**
 * The token of the one `Authorization: Bearer` header (RFC 6750 section 2.1), or null when there is
 * none, another scheme, or more than one such header: Node would show only the first.
 */
export function bearerToken({
  headers,
  rawHeaders,
}: Pick<IncomingMessage, 'headers' | 'rawHeaders'>): string | null {
  const token = SCHEME.exec(headers.authorization ?? '')?.[1];
  return token !== undefined && countAuthorization(rawHeaders) === 1 ? token : null;
}

/** Raw headers alternate name and value; lengths are compared first, as this runs for every poll. */
function countAuthorization(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i];
    if (name?.length === 13 && name.toLowerCase() === 'authorization') count += 1;
  }
  return count;
}
