import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readClaims } from './token-rules';

const NOW = 1_800_000_000;
const FAMILY = 'd9428888-122b-41e1-b85c-61c1a8d4bb7f';
const header = { alg: 'HS256', typ: 'JWT' };
const payload = {
  iss: 'support-chat',
  aud: 'support-chat-api',
  sub: '7',
  sid: FAMILY,
  jti: '0b1e6f6c-5d0e-4d6c-9b6b-3f0f3a4b5c6d',
  iat: NOW,
  exp: NOW + 900,
};

const read = (changes: object, now = NOW): unknown =>
  readClaims(header, { ...payload, ...changes }, now);

describe('token rules', () => {
  it('read a token of ours', () => {
    expect(readClaims(header, payload, NOW)).toEqual({
      userId: 7,
      family: FAMILY,
      expiresAtMs: (NOW + 900) * 1000,
    });
    expect(readClaims({ alg: 'HS256' }, payload, NOW)).toMatchObject({ userId: 7 });
  });

  it.each([
    ['algorithm none', { alg: 'none', typ: 'JWT' }],
    ['another algorithm', { alg: 'HS512', typ: 'JWT' }],
    ['no algorithm', { typ: 'JWT' }],
    ['another type', { ...header, typ: 'at+jwt' }],
    ['kid', { ...header, kid: '../../x' }],
    ['jku', { ...header, jku: 'https://evil.test' }],
    ['jwk', { ...header, jwk: {} }],
    ['crit', { ...header, crit: ['exp'] }],
    ['b64', { ...header, b64: false }],
    ['zip', { ...header, zip: 'DEF' }],
    ['cty', { ...header, cty: 'JWT' }],
    ['no object', null],
    ['a list', [header]],
  ])('A026 A027 refuse a header with %s', (_, bad) => {
    expect(readClaims(bad, payload, NOW)).toBe('invalid');
  });

  it.each([
    ['another issuer', { iss: 'other' }],
    ['no issuer', { iss: undefined }],
    ['a list of issuers', { iss: ['support-chat'] }],
    ['another audience', { aud: 'other' }],
    ['a list of audiences', { aud: ['support-chat-api'] }],
    ['no exp', { exp: undefined }],
    ['exp as text', { exp: String(NOW + 900) }],
    ['exp infinite', { exp: Number.POSITIVE_INFINITY }],
    ['exp in ten years', { exp: NOW + 315_360_000 }],
    ['exp before iat', { exp: NOW - 1 }],
    ['no iat', { iat: undefined }],
    ['iat beyond the leeway', { iat: NOW + 31, exp: NOW + 900 }],
    ['nbf beyond the leeway', { nbf: NOW + 31 }],
    ['nbf as text', { nbf: '0' }],
  ])('A029 refuse a token with %s', (_, changes) => {
    expect(read(changes)).toBe('invalid');
  });

  it.each([
    ['missing', undefined],
    ['null', null],
    ['empty', ''],
    ['an object', { id: 7 }],
    ['a number', 7],
    ['a list', ['7']],
    ['zero', '0'],
    ['negative', '-7'],
    ['padded', '07'],
    ['beyond 2^53', '9007199254740993'],
    ['SQL', '7 OR 1=1'],
    ['with a line break', '7\n'],
  ])('A030 refuse a sub that is %s', (_, sub) => {
    expect(read({ sub })).toBe('invalid');
  });

  it.each(['sid', 'jti'])('refuse a %s that is no UUID', (claim) => {
    for (const value of [undefined, null, '', 'x', 7, [FAMILY], `${FAMILY} `]) {
      expect(read({ [claim]: value })).toBe('invalid');
    }
  });

  it('R18 bear clocks that differ by 30 s', () => {
    expect(read({ iat: NOW + 30, exp: NOW + 930 })).toMatchObject({ userId: 7 });
    expect(read({ nbf: NOW + 30 })).toMatchObject({ userId: 7 });
  });

  it('call expired only what is ours in every other respect', () => {
    expect(read({}, NOW + 899)).toMatchObject({ userId: 7 });
    expect(read({}, NOW + 900)).toBe('expired');
    expect(read({ aud: 'other' }, NOW + 900)).toBe('invalid');
    expect(read({ sid: undefined }, NOW + 900)).toBe('invalid');
  });

  it('R18 work beyond the year 2038', () => {
    const later = 2 ** 31 + 1000;
    expect(read({ iat: later, exp: later + 900 }, later)).toMatchObject({ userId: 7 });
  });

  it('never throw and never believe, whatever JSON they are given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (anyHeader, anyPayload) => {
        expect(readClaims(anyHeader, anyPayload, NOW)).toBe('invalid');
      }),
    );
  });
});
