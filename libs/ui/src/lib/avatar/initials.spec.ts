import { hueOf, initials } from './initials';

describe('initials', () => {
  it('takes the first character of the first and the last word', () => {
    expect(initials('Amir van der Berg')).toBe('AB');
    expect(initials('  mona  ')).toBe('M');
    expect(initials('')).toBe('');
  });

  it('never cuts a letter in two', () => {
    expect(initials('👩🏽‍🎓 Zoë')).toBe('👩🏽‍🎓Z');
    expect(initials('ليلى حداد')).toBe('لح');
  });
});

describe('hueOf', () => {
  it('is stable for a person and differs between people', () => {
    expect(hueOf('7')).toBe(hueOf('7'));
    expect(new Set(['1', '2', '3', '4', '5'].map(hueOf)).size).toBe(5);
  });

  it('stays on the colour wheel', () => {
    for (const seed of ['', 'a', 'a'.repeat(500), '99999999']) {
      expect(hueOf(seed)).toBeGreaterThanOrEqual(0);
      expect(hueOf(seed)).toBeLessThan(360);
    }
  });
});
