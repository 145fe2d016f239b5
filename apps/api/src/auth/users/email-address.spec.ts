import { describe, expect, it } from '@jest/globals';
import { accountKey, EMAIL_ADDRESS } from './email-address';

describe('e-mail address', () => {
  it.each(['a@b', 'sam@school.test', "o'neil+chat@mail.school.test", 'A.B@X-Y.test'])(
    'can be %s',
    (email) => {
      expect(EMAIL_ADDRESS.test(email)).toBe(true);
    },
  );

  it.each([
    '',
    '@',
    'a@',
    '@b',
    'a@b@c',
    'a..b@c',
    '.a@b',
    'a@b.',
    'a b@c',
    'a@b c',
    'a@b\n',
    'a@b\r\nBcc: c',
    'a,b@c',
    '<a@b>',
    '"a"@b',
    'ı@b',
    'a@\u212Aelvin',
    'ſ@b',
    'a\u0000@b',
  ])('A042 cannot be %j', (email) => {
    expect(EMAIL_ADDRESS.test(email)).toBe(false);
  });

  it('is checked in time that grows with its length alone', () => {
    const start = performance.now();
    for (const part of ['a.', 'a-', '-', '.', 'a@']) {
      expect(EMAIL_ADDRESS.test(`${part.repeat(30_000)}!`)).toBe(false);
      expect(EMAIL_ADDRESS.test(`a@${part.repeat(30_000)}!`)).toBe(false);
    }
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('has one account key for all spellings', () => {
    expect(accountKey(' Sam@School.test ')).toBe('sam@school.test');
  });
});
