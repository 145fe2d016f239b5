import { lookup as resolveName, type LookupAddress } from 'node:dns';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress } from './public-address';

const TIMEOUT_MS = 5_000;
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;

/** The address may not be called; nothing was sent. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
}

export interface OutboundPost {
  url: URL;
  headers: Record<string, string | number>;
  body: Buffer;
  /** The address stands in the settings, so it may be of the inner network. */
  isNamedAddress: boolean;
}

/**
 * Posts to an address that somebody else chose: to the public internet only, which is checked on
 * the very address that is connected to; no redirect is followed; 5 s and 64 KiB are the most that
 * an answer may take. @returns its status
 */
export async function postOutside(post: OutboundPost): Promise<number> {
  const { url, headers, body, isNamedAddress } = post;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!isNamedAddress && isIP(host) !== 0 && !isPublicAddress(host)) throw forbidden();
  const options: RequestOptions = {
    method: 'POST',
    headers,
    // Of its own: a connection that stands idle may end as the next post is written to it.
    agent: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(!isNamedAddress && { lookup: lookUpPublic }),
  };
  const request = (url.protocol === 'http:' ? httpRequest : httpsRequest)(url, options);
  request.end(body);
  return new Promise((resolve, reject) => {
    // An answer that switches protocols ends a request without either of the other two events.
    const endWithoutAnswer = (): void => {
      reject(new Error('The connection ended without an answer.'));
    };
    request.on('close', endWithoutAnswer);
    request.on('error', reject);
    request.on('response', (response) => {
      request.off('close', endWithoutAnswer);
      drain(response).then(() => {
        resolve(response.statusCode ?? 0);
      }, reject);
    });
  });
}

/** What is said beside the status is of no interest, but ends the exchange in order. */
async function drain(response: IncomingMessage): Promise<void> {
  let size = 0;
  for await (const chunk of response) {
    size += (chunk as Buffer).length;
    // Leaving the loop destroys the connection.
    if (size > MAX_ANSWER_BYTES) return;
  }
}

type LookupCallback = (
  error: Error | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/** As `dns.lookup`, but a name with any address that is not public has none at all. */
function lookUpPublic(name: string, options: { all?: boolean }, callback: LookupCallback): void {
  resolveName(name, { all: true }, (error, addresses) => {
    // There are none at all then, whatever the types say.
    if (error) {
      callback(error, []);
      return;
    }
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
      callback(forbidden(), []);
    } else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
}

function forbidden(): ForbiddenAddressError {
  return new ForbiddenAddressError('The address is not one of the public internet.');
}
