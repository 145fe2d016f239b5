import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** A picture of one colour; its format is the caller's to choose. */
export function picture(width: number, height: number): Sharp {
  return sharp({ create: { width, height, channels: 3, background: 'teal' } });
}

/** A picture that does not compress well. */
export function noisyPicture(width: number, height: number): Sharp {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
  return sharp({ create: { width, height, channels: 3, background: 'teal', noise } });
}

const SIGNATURE_BYTES = 8;
const HEADER_END = SIGNATURE_BYTES + 25;

/** A PNG that claims to be of this size, and has next to no pixels. */
export function hugePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits for each of three colours.
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(1024))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A PNG of which some readers show the first of two pictures. */
export async function animatedPng(): Promise<Buffer> {
  const control = Buffer.alloc(8);
  control.writeUInt32BE(2, 0);
  return withPngChunk(await picture(8, 8).png().toBuffer(), 'acTL', control);
}

/** A GIF of one pixel that moves. */
export function animatedGif(frames: number): Buffer {
  const screen = Buffer.from('GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
  const frame = Buffer.from(',\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0', 'latin1');
  return Buffer.concat([screen, ...Array<Buffer>(frames).fill(frame), Buffer.from(';')]);
}

/** The same PNG with one more chunk before its pixels. */
export function withPngChunk(png: Buffer, type: string, data: Buffer): Buffer {
  const [header, rest] = [png.subarray(0, HEADER_END), png.subarray(HEADER_END)];
  return Buffer.concat([header, pngChunk(type, data), rest]);
}

/** The same JPEG with one more segment at its start. */
export function withJpegSegment(jpeg: Buffer, marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
}

/** A baseline JPEG that claims two more colours than it has. */
export async function fiveColourJpeg(): Promise<Buffer> {
  const jpeg = await picture(8, 8).jpeg().toBuffer();
  const start = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  const end = start + 2 + jpeg.readUInt16BE(start + 2);
  const header = Buffer.concat([jpeg.subarray(start, end), Buffer.from([4, 0x11, 1, 5, 0x11, 1])]);
  header.writeUInt16BE(header.length - 2, 2);
  header[9] = 5;
  return Buffer.concat([jpeg.subarray(0, start), header, jpeg.subarray(end)]);
}

/** What cameras write beside a photo, with a small photo in it (Exif 2.32, 4.5.5). */
export function exifWithThumbnail(thumbnail: Buffer): Buffer {
  const head = Buffer.alloc(68);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  const tags = [
    // Of the photo: its orientation. Of the small one: JPEG, where it begins, its length.
    { at: 8, next: 26, entries: [[0x0112, 3, 1]] },
    {
      at: 26,
      next: 0,
      entries: [
        [0x0103, 3, 6],
        [0x0201, 4, head.length],
        [0x0202, 4, thumbnail.length],
      ],
    },
  ];
  for (const { at, next, entries } of tags) {
    head.writeUInt16LE(entries.length, at);
    entries.forEach(([tag = 0, type = 0, value = 0], n) => {
      const position = at + 2 + 12 * n;
      head.writeUInt16LE(tag, position);
      head.writeUInt16LE(type, position + 2);
      head.writeUInt32LE(1, position + 4);
      head.writeUInt32LE(value, position + 8);
    });
    head.writeUInt32LE(next, at + 2 + 12 * entries.length);
  }
  return Buffer.concat([head, thumbnail]);
}

export async function animatedWebp(): Promise<Buffer> {
  const frames = [picture(8, 8).png().toBuffer(), picture(8, 8).negate().png().toBuffer()];
  return sharp(await Promise.all(frames), { join: { animated: true } })
    .webp()
    .toBuffer();
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
}
