import { Injectable } from '@nestjs/common';
import { AccessTokens } from './access-tokens';
import type { Caller } from './caller';
import { CallerMemory } from './caller-memory';
import { Callers } from './callers';
import type { TokenClaims } from './token-rules';

/** A caller, and until when their token says so. */
export interface Identity {
  caller: Caller;
  expiresAtMs: number;
}

/** A person in one of their sign-ins. */
type SignedIn = Pick<Caller, 'id' | 'sessionFamily'>;

/** The one way from a token to a caller, for REST and socket alike. */
@Injectable()
export class Identities {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly callers: Callers,
    private readonly memory: CallerMemory,
  ) {}

  /** `invalid` also for a user who is gone or disabled, and for a sign-in that has ended. */
  async ofToken(token: string): Promise<Identity | 'invalid' | 'expired'> {
    const claims = this.tokens.verify(token);
    if (typeof claims === 'string') return claims;
    const caller = this.memory.find(token) ?? (await this.ofClaims(token, claims));
    return caller ? { caller, expiresAtMs: claims.expiresAtMs } : 'invalid';
  }

  /** @param claims of this token, verified already */
  async ofClaims(token: string, claims: TokenClaims): Promise<Caller | null> {
    const { version } = this.memory;
    const caller = await this.callers.find(claims);
    if (caller) this.memory.remember(token, caller, claims.expiresAtMs, version);
    return caller;
  }

  /** These callers as the database knows them now, by sign-in; without those who may call no more. */
  async renew(callers: readonly SignedIn[]): Promise<ReadonlyMap<string, Caller>> {
    const claims = callers.map(({ id, sessionFamily }) => ({ userId: id, family: sessionFamily }));
    const today = await this.callers.findAll(claims);
    return new Map(today.map((caller) => [caller.sessionFamily, caller]));
  }
}
