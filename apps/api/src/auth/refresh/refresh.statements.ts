import { REFRESH_GRACE_SECONDS, type UserRole } from '@support-chat/contracts';
import type { Statement } from '../../platform/database/database';
import type { TokenState } from './rotation';

/** A session lives this long after it was last refreshed. */
export const REFRESH_DAYS = 30;

/** Everything that changes a user's sessions first locks the user: then it takes turns. */
export interface OwnerRow {
  id: number;
  email: string;
  name: string;
  role: UserRole;
  createdAt: Date;
  isActive: boolean;
  passwordHash: string;
}

const OWNER = `
  SELECT id, email, name, role, created_at AS "createdAt", is_active AS "isActive",
    password_hash AS "passwordHash"
  FROM auth_user`;

export const LOCK_OWNER: Statement = {
  name: 'auth_lock_owner',
  text: `${OWNER} WHERE id = $1 FOR NO KEY UPDATE`,
};

export const LOCK_OWNER_OF_TOKEN: Statement = {
  name: 'auth_lock_owner_of_token',
  text: `${OWNER} WHERE id = (SELECT user_id FROM auth_refresh_token WHERE token_hash = $1)
    FOR NO KEY UPDATE`,
};

export interface TokenRow extends TokenState {
  id: number;
  family: string;
}

export const FIND_TOKEN: Statement = {
  name: 'auth_find_refresh_token',
  text: `
    SELECT id, family, expires_at <= now() AS is_expired, revoked_at IS NOT NULL AS is_revoked,
      replaced_at IS NOT NULL AS is_replaced,
      coalesce(replaced_at > now() - interval '${REFRESH_GRACE_SECONDS} s', false) AS is_in_grace
    FROM auth_refresh_token WHERE token_hash = $1`,
};

export const START_FAMILY: Statement = {
  name: 'auth_start_family',
  text: `
    INSERT INTO auth_refresh_token (user_id, family, token_hash, expires_at)
    VALUES ($1, $2, $3, now() + interval '${REFRESH_DAYS} days')`,
};

export const REPLACE_TOKEN: Statement = {
  name: 'auth_replace_refresh_token',
  text: `
    WITH successor AS (
      INSERT INTO auth_refresh_token (user_id, family, token_hash, expires_at)
      SELECT user_id, family, $2, now() + interval '${REFRESH_DAYS} days'
      FROM auth_refresh_token WHERE id = $1
      RETURNING id)
    UPDATE auth_refresh_token
    SET replaced_by = (SELECT id FROM successor), replaced_at = now() WHERE id = $1`,
};

export const REVOKE_FAMILY: Statement = {
  name: 'auth_revoke_family',
  text: `
    UPDATE auth_refresh_token SET revoked_at = now()
    WHERE family = $1 AND user_id = $2 AND revoked_at IS NULL
    RETURNING family`,
};

/** Ends all but the $2 sessions of a user that were refreshed last. */
export const REVOKE_OLDEST: Statement = {
  name: 'auth_revoke_oldest',
  text: `
    UPDATE auth_refresh_token SET revoked_at = now()
    WHERE revoked_at IS NULL AND family IN (
      SELECT family FROM auth_refresh_token
      WHERE user_id = $1 AND replaced_at IS NULL AND revoked_at IS NULL AND expires_at > now()
      ORDER BY id DESC OFFSET $2)
    RETURNING family`,
};

/** A little at every sign-in, so that the table does not grow with age. */
export const DELETE_EXPIRED: Statement = {
  name: 'auth_delete_expired',
  text: `
    DELETE FROM auth_refresh_token WHERE id IN (
      SELECT id FROM auth_refresh_token WHERE expires_at < now()
      ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED)`,
};
