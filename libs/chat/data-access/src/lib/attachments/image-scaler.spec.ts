import { TestBed } from '@angular/core/testing';
import { fileOf } from '../testing/files';
import { ImageScaler, scaledSize } from './image-scaler';

describe('scaledSize', () => {
  const scaled = (width: number, height: number, part = 1) => {
    const size = scaledSize({ width, height }, part);
    return [size.width, size.height];
  };

  it('ux-33 fits a photograph, either way up, and never makes one larger', () => {
    expect(scaled(4096, 3072)).toEqual([2048, 1536]);
    expect(scaled(3072, 4096)).toEqual([1536, 2048]);
    expect(scaled(4096, 3072, 0.5)).toEqual([1024, 768]);
    expect(scaled(1600, 1200)).toEqual([1600, 1200]);
  });

  it('ux-33 keeps a long strip wide enough to be read, and within what the server takes', () => {
    expect(scaled(12_000, 3_000)).toEqual([4_320, 1_080]);
    expect(scaled(1_080, 20_000)).toEqual([885, 16_383]);
  });
});

describe('ImageScaler', () => {
  const globals = globalThis as unknown as Record<string, unknown>;
  /** Those that are decoded, in order; each goes on when it is let. */
  let begun: { name: string; go: () => void }[];
  let scaler: ImageScaler;

  beforeEach(() => {
    begun = [];
    globals['createImageBitmap'] = ({ name }: File) =>
      new Promise((resolve) => {
        const go = () => {
          resolve({ width: 100, height: 50, close: () => undefined });
        };
        begun.push({ name, go });
      });
    globals['OffscreenCanvas'] = class {
      readonly getContext = () => ({ drawImage: () => undefined });
      readonly convertToBlob = ({ type }: { type: string }) =>
        Promise.resolve(new Blob(['x'], { type }));
    };
    scaler = TestBed.inject(ImageScaler);
  });

  afterEach(() => {
    delete globals['createImageBitmap'];
    delete globals['OffscreenCanvas'];
  });

  const scale = (name: string, signal = new AbortController().signal) =>
    scaler.scale(fileOf(name, 'image/jpeg'), 'image/jpeg', 1, signal);
  const names = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    return begun.map(({ name }) => name);
  };

  it('ux-33 decodes one image at a time, and none that nobody waits for any more', async () => {
    const ending = new AbortController();
    const [first, second, third] = [scale('a'), scale('b', ending.signal), scale('c')];
    expect(await names()).toEqual(['a']);
    ending.abort();
    begun[0]?.go();
    expect((await first).type).toBe('image/jpeg');
    await expect(second).rejects.toThrow(/abort/i);
    expect(await names()).toEqual(['a', 'c']);
    begun[1]?.go();
    expect((await third).size).toBe(1);
  });
});
