import { isAnimated } from './animated-image';

const file = (content: string) => new File([new Uint8Array(Buffer.from(content, 'latin1'))], 'a');
const webp = (kind: string, flags: string) => file(`RIFF\0\0\0\0WEBP${kind}\x0a\0\0\0${flags}`);
const png = (...chunks: string[]) => file(`\x89PNG\r\n\x1a\n${chunks.join('\0\0\0\0')}`);

describe('isAnimated', () => {
  it('ux-33 knows a WebP that moves by its flag, whatever else it has', async () => {
    expect(await isAnimated(webp('VP8X', '\x12'))).toBe(true);
    expect(await isAnimated(webp('VP8X', '\x10'))).toBe(false);
    expect(await isAnimated(webp('VP8 ', '\x02'))).toBe(false);
  });

  it('ux-33 knows a PNG that moves by the part before its first pixels', async () => {
    expect(await isAnimated(png('IHDR', 'acTL', 'IDAT'))).toBe(true);
    expect(await isAnimated(png('IHDR', 'IDAT', 'acTL'))).toBe(false);
  });

  it('takes nothing else for one', async () => {
    expect(await isAnimated(file('\xff\xd8\xff acTL VP8X'))).toBe(false);
    expect(await isAnimated(file(''))).toBe(false);
  });
});
