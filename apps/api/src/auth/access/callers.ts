import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../platform/database/database';
import type { UserEntity } from '../users/user.entity';
import type { Caller } from './caller';
import type { TokenClaims } from './token-rules';

const FIND_CALLER: Statement = {
  name: 'auth_find_caller',
  text: `
    SELECT u.id, u.email, u.name, u.role, u.created_at AS "createdAt" FROM auth_user u
    WHERE u.id = $1 AND u.is_active AND EXISTS (
      SELECT 1 FROM auth_refresh_token t
      WHERE t.family = $2 AND t.user_id = u.id AND t.revoked_at IS NULL AND t.expires_at > now())`,
};

type Row = Pick<UserEntity, 'id' | 'email' | 'name' | 'role' | 'createdAt'>;

/** Turns a token's claims into the caller as the database knows them now. */
@Injectable()
export class Callers {
  constructor(private readonly database: Database) {}

  /** Null when the user is gone or disabled, or the sign-in has ended. Role and name are today's. */
  async find({ userId, family }: Pick<TokenClaims, 'userId' | 'family'>): Promise<Caller | null> {
    const [row] = await this.database.rows<Row>(FIND_CALLER, [userId, family]);
    return row ? { ...row, sessionFamily: family } : null;
  }
}
