import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-jwt';
import { InjectAuthOptions, type AuthOptions } from '../auth-options';
import { AccessTokens } from './access-tokens';
import { bearerToken } from './bearer-token';
import { TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER, type TokenClaims } from './token-rules';
import { tokenExpired } from './unauthenticated';

/**
 * Passport's part: is the bearer token ours? Gives its claims, null for any that is not good, and
 * throws `token_expired` for a genuine one that is over.
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    @InjectAuthOptions() { jwtSecret }: AuthOptions,
    private readonly tokens: AccessTokens,
  ) {
    super({
      jwtFromRequest: ({ raw }: FastifyRequest) => bearerToken(raw),
      secretOrKey: jwtSecret,
      algorithms: [TOKEN_ALGORITHM],
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      // Times are read with our own rules, after all else: only a token that is ours can be expired.
      ignoreExpiration: true,
      passReqToCallback: true,
    });
  }

  validate({ raw }: FastifyRequest, payload: unknown): TokenClaims | null {
    const claims = this.tokens.read(bearerToken(raw) ?? '', payload);
    if (claims === 'expired') throw tokenExpired();
    return claims === 'invalid' ? null : claims;
  }
}
