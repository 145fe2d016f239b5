import { createHash, createHmac, randomBytes } from 'node:crypto';

const FORMAT = /^[\w-]{43}$/;

/** 256 random bits. */
export function newRefreshToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Always the same for the same token, so that it can be given again though only hashes are stored. */
export function successorOf(token: string, key: Buffer): string {
  return createHmac('sha256', key).update(token).digest('base64url');
}

export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

export function isRefreshToken(text: string | undefined): text is string {
  return text !== undefined && FORMAT.test(text);
}
