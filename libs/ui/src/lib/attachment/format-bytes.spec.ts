import { formatBytes } from './format-bytes';

describe('formatBytes', () => {
  it.each([
    [0, '0 byte'],
    [24, '24 byte'],
    [300_125, '293 kB'],
    [1_258_291, '1.2 MB'],
    [10 * 1024 * 1024, '10 MB'],
    [5_000 * 1024 * 1024, '5,000 MB'],
  ])('writes %i as %s', (bytes, words) => {
    expect(formatBytes(bytes, 'en-GB')).toBe(words);
  });

  it('ux-56 writes as the language does', () => {
    expect(formatBytes(1_258_291, 'ar-EG')).toContain('١٫٢');
  });
});
