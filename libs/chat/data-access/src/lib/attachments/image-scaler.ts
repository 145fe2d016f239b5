import { Service } from '@angular/core';
import { LIMITS } from '@support-chat/contracts';

/** Enough to read a page that was photographed, and to fill most screens. */
const SIDE_MAX = 2048;
/** Long strips, as of a whole page or a panorama, stay as wide as this: less could not be read. */
const WIDTH_MIN = 1080;
const QUALITY = 0.85;

/** In pixels. */
export interface ImageSize {
  width: number;
  height: number;
}

/** What only a browser can do with an image. Both reject where it cannot read it. */
@Service()
export class ImageScaler {
  /** A decoded image takes far more room than its file, so there is one at a time. */
  private last: Promise<unknown> = Promise.resolve();

  /** Without decoding the whole. */
  async sizeOf(file: File): Promise<ImageSize> {
    const url = URL.createObjectURL(file);
    try {
      const image = new Image();
      await new Promise((resolve, reject) => {
        image.onload = resolve;
        image.onerror = () => {
          reject(new Error('The browser cannot read this image.'));
        };
        image.src = url;
      });
      return { width: image.naturalWidth, height: image.naturalHeight };
    } finally {
      URL.revokeObjectURL(url);
    }
  }

  /**
   * Drawn anew the right way up, as `scaledSize` says; as PNG where the type is not at hand.
   * @param part of that size
   * @param signal also of those that wait for their turn
   */
  async scale(file: File, type: string, part: number, signal: AbortSignal): Promise<Blob> {
    const drawn = this.last.then(async () => {
      signal.throwIfAborted();
      return draw(file, type, part);
    });
    this.last = drawn.catch(() => undefined);
    return drawn;
  }
}

/** What becomes of an image; its shape stays. */
export function scaledSize({ width, height }: ImageSize, part: number): ImageSize {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  const fitting = Math.max(
    SIDE_MAX / long,
    Math.min(WIDTH_MIN / short, LIMITS.imageSideMax / long),
  );
  const share = Math.min(1, fitting) * part;
  const side = (pixels: number) => Math.max(1, Math.round(pixels * share));
  return { width: side(width), height: side(height) };
}

async function draw(file: File, type: string, part: number): Promise<Blob> {
  const whole = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    const { width, height } = scaledSize(whole, part);
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('The browser cannot draw.');
    context.imageSmoothingQuality = 'high';
    context.drawImage(whole, 0, 0, width, height);
    return await canvas.convertToBlob({ type, quality: QUALITY });
  } finally {
    whole.close();
  }
}
