import { describe, expect, it } from '@jest/globals';
import { hashOf, isRefreshToken, newRefreshToken, successorOf } from './refresh-token';
import { standingOf, type TokenState, type TokenStanding } from './rotation';

const state = (...words: string[]): TokenState => ({
  is_expired: words.includes('expired'),
  is_revoked: words.includes('revoked'),
  is_replaced: words.includes('replaced') || words.includes('in grace'),
  is_in_grace: words.includes('in grace'),
});

describe('standing of a refresh token', () => {
  it.each<[string, TokenState, TokenStanding]>([
    ['fresh', state(), 'current'],
    ['expired', state('expired'), 'over'],
    ['revoked', state('revoked'), 'over'],
    ['replaced a moment ago', state('in grace'), 'just_replaced'],
    ['replaced a moment ago, but expired', state('in grace', 'expired'), 'over'],
    ['replaced long ago', state('replaced'), 'reused'],
    ['replaced long ago and expired', state('replaced', 'expired'), 'reused'],
    ['replaced, of a family that has ended', state('replaced', 'revoked'), 'over'],
    ['replaced a moment ago, of a family that has ended', state('in grace', 'revoked'), 'over'],
  ])('R16 %s', (_, token, standing) => {
    expect(standingOf(token)).toBe(standing);
  });
});

describe('refresh token', () => {
  const key = Buffer.alloc(32, 1);

  it('has 256 random bits', () => {
    const tokens = new Set(Array.from({ length: 100 }, newRefreshToken));
    expect(tokens.size).toBe(100);
    for (const token of tokens) {
      expect(isRefreshToken(token)).toBe(true);
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    }
  });

  it('has one successor, which nobody can tell without the key', () => {
    const token = newRefreshToken();
    expect(successorOf(token, key)).toBe(successorOf(token, key));
    expect(isRefreshToken(successorOf(token, key))).toBe(true);
    expect(successorOf(token, Buffer.alloc(32, 2))).not.toBe(successorOf(token, key));
    expect(hashOf(token)).toHaveLength(32);
  });
});
