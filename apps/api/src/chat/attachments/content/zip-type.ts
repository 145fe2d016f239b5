import { DOCUMENT_TYPES, type AttachmentType } from '@support-chat/contracts';
import type { FileHandle } from 'node:fs/promises';

const END_RECORD = Buffer.from('PK\x05\x06', 'latin1');
const END_RECORD_BYTES = 22;
/** The record is the last thing but a comment of at most 64 KiB (PKWARE APPNOTE, 4.3.16). */
const TAIL_BYTES = END_RECORD_BYTES + 65_535;
const ENTRY = Buffer.from('PK\x01\x02', 'latin1');
const ENTRY_BYTES = 46;
/** More than any office document's table of contents. */
const DIRECTORY_BYTES_MAX = 1024 * 1024;

/** ODF says its type in a first file that is stored as it is (ODF 1.3, part 2, 3.3). */
const ODF_HEAD = /^[^]{30}mimetype(application\/vnd\.oasis\.opendocument\.[a-z]+)PK/;
/** OOXML has its main part at a fixed place in practice. */
const OOXML_PARTS: [string, AttachmentType][] = [
  ['word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  [
    'ppt/presentation.xml',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  ],
];
const MACROS = /(^|\/)vbaProject\.bin$/i;

/**
 * What kind of ZIP a file is, by the names in its table of contents; nothing in it is unpacked.
 * @param head the beginning of the file, a character for each byte
 * @returns null where the table cannot be read, and for documents with macros
 */
export async function zipType(file: FileHandle, head: string): Promise<AttachmentType | null> {
  const directory = await readDirectory(file);
  if (directory === null) return null;
  const odf = ODF_HEAD.exec(head)?.[1];
  if (odf !== undefined) return DOCUMENT_TYPES.find((type) => type === odf) ?? null;
  const names = namesIn(directory);
  if (!names.has('[Content_Types].xml')) return 'application/zip';
  if ([...names].some((name) => MACROS.test(name))) return null;
  return OOXML_PARTS.find(([part]) => names.has(part))?.[1] ?? 'application/zip';
}

/** The central directory, cut to a bounded length; null where there is none. */
async function readDirectory(file: FileHandle): Promise<Buffer | null> {
  const { size } = await file.stat();
  const tail = await readAt(file, Math.max(0, size - TAIL_BYTES), TAIL_BYTES);
  const end = tail.lastIndexOf(END_RECORD);
  if (end === -1 || end + END_RECORD_BYTES > tail.length) return null;
  const length = tail.readUInt32LE(end + 12);
  const start = tail.readUInt32LE(end + 16);
  if (start + length > size) return null;
  return readAt(file, start, Math.min(length, DIRECTORY_BYTES_MAX));
}

function namesIn(directory: Buffer): Set<string> {
  const names = new Set<string>();
  let at = 0;
  while (at + ENTRY_BYTES <= directory.length && directory.indexOf(ENTRY, at) === at) {
    const nameLength = directory.readUInt16LE(at + 28);
    const rest = directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    names.add(directory.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength));
    at += ENTRY_BYTES + nameLength + rest;
  }
  return names;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
