import { describe, expect, it } from '@jest/globals';
import { bearerToken } from './bearer-token';

function tokenOf(...values: string[]): string | null {
  const rawHeaders = values.flatMap((value) => ['Authorization', value]);
  // Node keeps the first of several.
  return bearerToken({ headers: { authorization: values[0] }, rawHeaders });
}

describe('bearer token', () => {
  it('is what follows the scheme, in any case of the scheme', () => {
    expect(tokenOf('Bearer a.b.c')).toBe('a.b.c');
    expect(tokenOf('bearer a.b.c')).toBe('a.b.c');
    expect(tokenOf('BEARER  a.b.c')).toBe('a.b.c');
  });

  it.each(['', 'Bearer', 'Bearer ', 'Basic YTpi', 'a.b.c', 'Bearer a b', 'Bearera.b.c', ' Bearer'])(
    'A023 is nothing for %j',
    (value) => {
      expect(tokenOf(value)).toBeNull();
    },
  );

  it('A023 is nothing without a header or with two', () => {
    expect(tokenOf()).toBeNull();
    expect(tokenOf('Bearer a.b.c', 'Bearer a.b.c')).toBeNull();
    const rawHeaders = ['authorization', 'Bearer a.b.c', 'AUTHORIZATION', 'Bearer d.e.f'];
    expect(bearerToken({ headers: { authorization: 'Bearer a.b.c' }, rawHeaders })).toBeNull();
  });
});
