import { FITTED, panBy, zoomAt } from './pan-zoom';

const SIZE = { width: 1000, height: 500 };

describe('ux-23 zoom and pan', () => {
  it('zooms from all of it to five times, and no further', () => {
    expect(zoomAt(FITTED, 100, { x: 0, y: 0 }, SIZE).scale).toBe(5);
    expect(zoomAt({ scale: 2, x: 300, y: 0 }, 0.1, { x: 0, y: 0 }, SIZE)).toEqual(FITTED);
  });

  it('keeps the point under the pointer where it is', () => {
    expect(zoomAt(FITTED, 2, { x: 100, y: -50 }, SIZE)).toEqual({ scale: 2, x: -100, y: 50 });
  });

  it('pans as far as the image goes, and not at all while it fits', () => {
    expect(panBy({ scale: 2, x: 0, y: 0 }, 9999, -9999, SIZE)).toEqual({
      scale: 2,
      x: 500,
      y: -250,
    });
    expect(panBy(FITTED, 50, 50, SIZE)).toEqual(FITTED);
  });
});
