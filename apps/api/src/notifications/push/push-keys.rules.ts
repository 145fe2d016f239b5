import { ECDH } from 'node:crypto';

const BASE64URL = /^[\w-]+$/;
/** An uncompressed point: 0x04, x and y. */
const POINT_BYTES = 65;
/** Of RFC 8291, section 3.2. */
const SECRET_BYTES = 16;

/** A point on P-256, as the browser's `p256dh` (RFC 8291): nothing else can be encrypted for. */
export function isPushKey(value: unknown): value is string {
  const bytes = decode(value);
  if (bytes?.length !== POINT_BYTES || bytes[0] !== 4) return false;
  try {
    // Refuses whatever does not lie on the curve.
    ECDH.convertKey(bytes, 'prime256v1');
    return true;
  } catch {
    return false;
  }
}

export function isPushSecret(value: unknown): value is string {
  return decode(value)?.length === SECRET_BYTES;
}

function decode(value: unknown): Buffer | null {
  if (typeof value !== 'string' || value.length > 100 || !BASE64URL.test(value)) return null;
  return Buffer.from(value, 'base64url');
}
