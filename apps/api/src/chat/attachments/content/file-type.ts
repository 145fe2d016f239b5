import type { AttachmentType } from '@support-chat/contracts';
import { open, type FileHandle } from 'node:fs/promises';
import { isPlainText } from './plain-text';
import { zipType } from './zip-type';

/** Enough for every signature below, and for the name and content of the first file of a ZIP. */
const HEAD_BYTES = 512;

/** How files of a type begin; `latin1`, so that every byte is one character. */
const SIGNATURES: [RegExp, AttachmentType][] = [
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^\x89PNG\r\n\x1a\n/, 'image/png'],
  [/^RIFF[^]{4}WEBPVP8[ LX]/, 'image/webp'],
  [/^%PDF-\d/, 'application/pdf'],
];
const ZIP = 'PK\x03\x04';

/**
 * The type of a file by its content alone: what its sender claims, its name included, does not
 * matter. Nothing is unpacked, and no more than a few kilobytes are held in memory.
 * @returns null for what is none of the known types
 */
export async function detectType(path: string): Promise<AttachmentType | null> {
  const file = await open(path, 'r');
  try {
    const head = await readHead(file);
    const known = SIGNATURES.find(([signature]) => signature.test(head))?.[1];
    if (known !== undefined) return known;
    if (head.startsWith(ZIP)) return await zipType(file, head);
    return (await isPlainText(file)) ? 'text/plain' : null;
  } finally {
    await file.close();
  }
}

async function readHead(file: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return buffer.toString('latin1', 0, bytesRead);
}
