import { codePointLength, truncateCodePoints } from './text';

describe('text lengths', () => {
  const family = '👨‍👩‍👧‍👦';

  it('counts code points, as the database does, not UTF-16 units', () => {
    expect(codePointLength(family)).toBe(7);
    expect(family.length).toBe(11);
  });

  it('cuts between code points and leaves short text alone', () => {
    expect(truncateCodePoints('abc', 3)).toBe('abc');
    expect(truncateCodePoints('😀😀😀', 2)).toBe('😀😀');
    expect(truncateCodePoints('😀a', 2)).toBe('😀a');
  });
});
