import type { FileHandle } from 'node:fs/promises';
import { TextDecoder } from 'node:util';

const CHUNK_BYTES = 64 * 1024;
/** Bytes that no text has (WHATWG MIME Sniffing, 7.1), and DEL. */
const BINARY = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/;
/** What a browser would take for a page, a drawing or a script with markup (section 7.1 again). */
const MARKUP = /^\s*<(?:[!?/]|[a-z][\w:-]*[\s/>])/i;

/** Whether a file is UTF-8 text and nothing that a browser might want to run. */
export async function isPlainText(file: FileHandle): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const bytes = Buffer.alloc(CHUNK_BYTES);
  for (let position = 0; ;) {
    const { bytesRead } = await file.read(bytes, 0, CHUNK_BYTES, position);
    const text = decode(decoder, bytes.subarray(0, bytesRead));
    if (text === null || BINARY.test(text)) return false;
    if (position === 0 && MARKUP.test(text)) return false;
    if (bytesRead === 0) return true;
    position += bytesRead;
  }
}

/** Null for what is no UTF-8, which is all that the decoder fails at. @param bytes none at the end */
function decode(decoder: TextDecoder, bytes: Buffer): string | null {
  try {
    return decoder.decode(bytes, { stream: bytes.length > 0 });
  } catch {
    return null;
  }
}
