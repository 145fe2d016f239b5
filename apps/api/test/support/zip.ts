import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  name: string;
  content: string | Buffer;
  isStored?: boolean;
  /** What the table of contents claims, in place of the true length. */
  claimedSize?: number;
}

/** A ZIP archive (PKWARE APPNOTE 4.3), as small as it can be. */
export function zip(...entries: ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, central } = zipEntry(entry, offset);
    locals.push(local);
    directory.push(central);
    offset += local.length;
  }
  const table = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(table.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, table, end]);
}

function zipEntry(entry: ZipEntry, offset: number): { local: Buffer; central: Buffer } {
  const name = Buffer.from(entry.name);
  const plain = Buffer.from(entry.content);
  const data = entry.isStored ? plain : deflateRawSync(plain);
  // Method, time, date, check sum and lengths: the same bytes in both headers.
  const common = Buffer.alloc(22);
  common.writeUInt16LE(entry.isStored ? 0 : 8, 0);
  common.writeUInt32LE(crc32(plain), 6);
  common.writeUInt32LE(data.length, 10);
  common.writeUInt32LE(entry.claimedSize ?? plain.length, 14);
  common.writeUInt16LE(name.length, 18);
  const local = Buffer.concat([Buffer.from('PK\x03\x04\x14\0\0\0', 'latin1'), common, name, data]);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\0\x14\0\0\0', 'latin1'),
    common,
    rest,
    name,
  ]);
  return { local, central };
}

/** An office document's parts, without their content. */
export function ooxml(...parts: string[]): Buffer {
  return zip(...['[Content_Types].xml', ...parts].map((name) => ({ name, content: '<x/>' })));
}
