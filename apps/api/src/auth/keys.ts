import { hkdfSync } from 'node:crypto';

/** A key of 32 bytes for one purpose, so that no two uses of the one secret share a key (RFC 5869). */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `support-chat ${purpose}`, 32));
}
