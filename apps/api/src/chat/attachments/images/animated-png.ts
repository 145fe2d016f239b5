import type { FileHandle } from 'node:fs/promises';

const SIGNATURE_BYTES = 8;
/** Length, type and check sum around each chunk's data. */
const CHUNK_OVERHEAD = 12;
const CHUNKS_MAX = 1_000;

/**
 * Whether a PNG holds an animation: its `acTL` chunk stands before the first pixels (PNG third
 * edition, 11.3.6). Readers that know nothing of it show the first picture.
 */
export async function isAnimatedPng(file: FileHandle): Promise<boolean> {
  const header = Buffer.alloc(8);
  let position = SIGNATURE_BYTES;
  for (let chunk = 0; chunk < CHUNKS_MAX; chunk += 1) {
    const { bytesRead } = await file.read(header, 0, header.length, position);
    const type = header.toString('latin1', 4);
    if (bytesRead < header.length || type === 'IDAT') return false;
    if (type === 'acTL') return true;
    position += header.readUInt32BE(0) + CHUNK_OVERHEAD;
  }
  // No honest picture has so many parts before its pixels.
  return true;
}
