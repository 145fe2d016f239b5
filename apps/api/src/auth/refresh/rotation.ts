/** A stored token at the moment it is shown. */
export interface TokenState {
  is_expired: boolean;
  is_revoked: boolean;
  is_replaced: boolean;
  /** Replaced at most `REFRESH_GRACE_SECONDS` ago. */
  is_in_grace: boolean;
}

/**
 * What a shown refresh token means: `current` is good, `just_replaced` leads to its successor,
 * `reused` was stolen or came much too late, `over` is none any more.
 */
export type TokenStanding = 'current' | 'just_replaced' | 'reused' | 'over';

export function standingOf(token: TokenState): TokenStanding {
  if (token.is_revoked) return 'over';
  if (token.is_replaced && !token.is_in_grace) return 'reused';
  if (token.is_expired) return 'over';
  return token.is_replaced ? 'just_replaced' : 'current';
}
