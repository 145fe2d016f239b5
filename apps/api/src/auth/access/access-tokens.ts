import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { LIMITS } from '@support-chat/contracts';
import { randomUUID } from 'node:crypto';
import { readClaims, type TokenReading } from './token-rules';

/** A token as the libraries hand it out once its signature is verified. */
export interface SignedToken {
  header: unknown;
  payload: unknown;
}

/** Makes access tokens and reads them; the keys and algorithms are those of the module. */
@Injectable()
export class AccessTokens {
  constructor(private readonly jwt: JwtService) {}

  issue(userId: number, family: string): string {
    return this.jwt.sign(
      { sid: family },
      { subject: String(userId), jwtid: randomUUID(), expiresIn: LIMITS.accessTokenSeconds },
    );
  }

  /** Never throws: whatever is wrong with a token, it is `invalid` or `expired`. */
  verify(token: string): TokenReading {
    try {
      return this.read(this.jwt.verify<SignedToken>(token));
    } catch {
      // Every fault of a stranger's token comes to the same.
      return 'invalid';
    }
  }

  read({ header, payload }: SignedToken): TokenReading {
    return readClaims(header, payload, Date.now() / 1000);
  }
}
