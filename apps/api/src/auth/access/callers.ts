import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../platform/database/database';
import type { Caller } from './caller';
import type { TokenClaims } from './token-rules';

/** $1 users, $2 families of their sign-ins, in the same order. Only those that may call. */
const FIND_CALLERS: Statement = {
  name: 'auth_find_callers',
  text: `
    SELECT u.id, u.email, u.name, u.role, u.created_at AS "createdAt",
      session.family AS "sessionFamily"
    FROM unnest($1::bigint[], $2::uuid[]) AS session (user_id, family)
    JOIN auth_user u ON u.id = session.user_id AND u.is_active
    WHERE EXISTS (
      SELECT 1 FROM auth_refresh_token t
      WHERE t.family = session.family AND t.user_id = u.id
        AND t.revoked_at IS NULL AND t.expires_at > now())`,
};

type Claims = Pick<TokenClaims, 'userId' | 'family'>;

/** Turns claims of tokens into callers as the database knows them now. */
@Injectable()
export class Callers {
  constructor(private readonly database: Database) {}

  /** Null when the user is gone or disabled, or the sign-in has ended. Role and name are today's. */
  async find(claims: Claims): Promise<Caller | null> {
    const [caller] = await this.findAll([claims]);
    return caller ?? null;
  }

  /** Without those who may not call any more. */
  async findAll(claims: readonly Claims[]): Promise<Caller[]> {
    return this.database.rows<Caller>(FIND_CALLERS, [
      claims.map(({ userId }) => userId),
      claims.map(({ family }) => family),
    ]);
  }
}
