import { Service } from '@angular/core';

/** The browser's part of making images smaller, by the test's hand. */
@Service({ autoProvided: false })
export class FakeImageScaler {
  pixels = 12_000_000;
  /** What comes of an image; null for one that cannot be read. */
  drawn: { size: number; type?: string } | null = { size: 300_000 };
  /** What was drawn, in order. */
  readonly calls: string[] = [];

  pixelsOf(): Promise<number> {
    return this.drawn ? Promise.resolve(this.pixels) : Promise.reject(new Error('unreadable'));
  }

  scale({ name }: File, type: string): Promise<Blob> {
    this.calls.push(`${name} as ${type}`);
    if (!this.drawn) return Promise.reject(new Error('unreadable'));
    return Promise.resolve(
      new Blob(['x'.repeat(this.drawn.size)], { type: this.drawn.type ?? type }),
    );
  }
}
