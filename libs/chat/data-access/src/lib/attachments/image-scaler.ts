import { Service } from '@angular/core';

/** Enough to read a page that was photographed, and to fill most screens. */
const SIDE_MAX = 2048;
const QUALITY = 0.85;

/** What only a browser can do with an image. Both reject where it cannot read it. */
@Service()
export class ImageScaler {
  /** Width by height, without decoding the whole. */
  async pixelsOf(file: File): Promise<number> {
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
      return image.naturalWidth * image.naturalHeight;
    } finally {
      URL.revokeObjectURL(url);
    }
  }

  /** Drawn anew the right way up, with no side above the maximum; as PNG where the type is not at hand. */
  async scale(file: File, type: string): Promise<Blob> {
    const whole = await createImageBitmap(file, { imageOrientation: 'from-image' });
    try {
      const share = Math.min(1, SIDE_MAX / Math.max(whole.width, whole.height));
      const side = (pixels: number) => Math.max(1, Math.round(pixels * share));
      const canvas = new OffscreenCanvas(side(whole.width), side(whole.height));
      const context = canvas.getContext('2d');
      if (!context) throw new Error('The browser cannot draw.');
      context.imageSmoothingQuality = 'high';
      context.drawImage(whole, 0, 0, canvas.width, canvas.height);
      return await canvas.convertToBlob({ type, quality: QUALITY });
    } finally {
      whole.close();
    }
  }
}
