import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { LIMITS } from '@support-chat/contracts';
import { randomUUID } from 'node:crypto';
import { readClaims, type TokenReading } from './token-rules';

/** Makes access tokens and reads them; key and algorithm are those of the module. */
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
      return this.read(token, this.jwt.verify<object>(token));
    } catch {
      // Every fault of a stranger's token comes to the same.
      return 'invalid';
    }
  }

  /** @param payload of this token, its signature verified already */
  read(token: string, payload: unknown): TokenReading {
    const header: unknown = this.jwt.decode(token, { complete: true }).header;
    return readClaims(header, payload, Date.now() / 1000);
  }
}
