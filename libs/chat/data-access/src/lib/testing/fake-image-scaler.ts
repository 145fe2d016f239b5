import { Service } from '@angular/core';
import type { ImageSize } from '../attachments/image-scaler';

/** The browser's part of making images smaller, by the test's hand. */
@Service({ autoProvided: false })
export class FakeImageScaler {
  size: ImageSize = { width: 4000, height: 3000 };
  /** What comes of an image at each try, the last of them from then on; null for one that cannot be read. */
  drawn: { size: number; type?: string }[] | null = [{ size: 300_000 }];
  /** What was drawn, in order. */
  readonly calls: string[] = [];
  /** Whether those who asked were still there at last. */
  readonly signals: AbortSignal[] = [];

  sizeOf(): Promise<ImageSize> {
    return this.drawn ? Promise.resolve(this.size) : Promise.reject(new Error('unreadable'));
  }

  scale({ name }: File, type: string, part: number, signal: AbortSignal): Promise<Blob> {
    this.calls.push(`${name} as ${type}${part === 1 ? '' : `, ${part}`}`);
    this.signals.push(signal);
    const [now, ...later] = this.drawn ?? [];
    if (!now) return Promise.reject(new Error('unreadable'));
    if (later.length > 0) this.drawn = later;
    return Promise.resolve(new Blob(['x'.repeat(now.size)], { type: now.type ?? type }));
  }
}
