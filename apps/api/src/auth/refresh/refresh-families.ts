import { Injectable, Logger } from '@nestjs/common';
import type { User } from '@support-chat/contracts';
import { randomUUID } from 'node:crypto';
import { NewsBus } from '../../platform/bus/news-bus';
import { Database, type Transaction } from '../../platform/database/database';
import { InjectAuthOptions, type AuthOptions } from '../auth-options';
import { deriveKey } from '../keys';
import { SESSION_NEWS } from '../sessions/session.topic';
import { toUser } from '../users/to-user';
import { hashOf, newRefreshToken, successorOf } from './refresh-token';
import * as sql from './refresh.statements';
import { standingOf } from './rotation';

/** A session that was granted: what its cookie and its access token are made of. */
export interface Grant {
  user: User;
  family: string;
  refreshToken: string;
}

/** Enough for every device of one person; the session refreshed longest ago ends. */
const MAX_FAMILIES = 50;

/**
 * The sessions of all users: each is a family of refresh tokens that replace one another. All
 * changes to one user's families take turns, so rotation, theft detection and revocation are exact
 * under any concurrency.
 */
@Injectable()
export class RefreshFamilies {
  private readonly logger = new Logger(RefreshFamilies.name);
  private readonly key: Buffer;

  constructor(
    @InjectAuthOptions() { jwtSecret }: AuthOptions,
    private readonly database: Database,
    private readonly bus: NewsBus,
  ) {
    this.key = deriveKey(jwtSecret, 'refresh successor');
  }

  /** Null when the user was disabled, or got another password, since `passwordHash` was checked. */
  async start(userId: number, passwordHash: string): Promise<Grant | null> {
    const family = randomUUID();
    const refreshToken = newRefreshToken();
    const { owner, ended } = await this.database.transaction(async (transaction) => {
      const [owner] = await transaction.rows<sql.OwnerRow>(sql.LOCK_OWNER, [userId]);
      if (!owner?.isActive || owner.passwordHash !== passwordHash)
        return { owner: null, ended: [] };
      await transaction.rows(sql.START_FAMILY, [userId, family, hashOf(refreshToken)]);
      await transaction.rows(sql.DELETE_EXPIRED, []);
      const ended = await transaction.rows<FamilyRow>(sql.REVOKE_OLDEST, [userId, MAX_FAMILIES]);
      return { owner, ended };
    });
    this.tell(userId, ended);
    return owner && { user: toUser(owner), family, refreshToken };
  }

  /**
   * Gives the token that takes the shown one's place; for a token replaced a moment ago, the newest
   * of its family again. Null for every other token; one used twice ends its family.
   */
  async rotate(shown: string): Promise<Grant | null> {
    const { grant, owner, ended } = await this.database.transaction(async (transaction) => {
      const [owner] = await transaction.rows<sql.OwnerRow>(sql.LOCK_OWNER_OF_TOKEN, [
        hashOf(shown),
      ]);
      if (!owner) return NOTHING;
      return { owner, ...(await this.follow(transaction, owner, shown)) };
    });
    if (owner) this.tell(owner.id, ended);
    return grant;
  }

  /** Ends the session that a refresh token belongs to, whatever the token's standing. */
  async endByToken(token: string): Promise<void> {
    const { owner, ended } = await this.database.transaction(async (transaction) => {
      const [owner] = await transaction.rows<sql.OwnerRow>(sql.LOCK_OWNER_OF_TOKEN, [
        hashOf(token),
      ]);
      const [row] = await transaction.rows<sql.TokenRow>(sql.FIND_TOKEN, [hashOf(token)]);
      if (!owner || !row) return NOTHING;
      return { owner, ended: await revoke(transaction, owner.id, row.family) };
    });
    if (owner) this.tell(owner.id, ended);
  }

  async end(userId: number, family: string): Promise<void> {
    const ended = await this.database.transaction(async (transaction) => {
      await transaction.rows(sql.LOCK_OWNER, [userId]);
      return revoke(transaction, userId, family);
    });
    this.tell(userId, ended);
  }

  /** From the shown token along its successors to the one that is current. */
  private async follow(
    transaction: Transaction,
    owner: sql.OwnerRow,
    shown: string,
  ): Promise<{ grant: Grant | null; ended: FamilyRow[] }> {
    let token = shown;
    for (;;) {
      const [row] = await transaction.rows<sql.TokenRow>(sql.FIND_TOKEN, [hashOf(token)]);
      if (!row || !owner.isActive) return REFUSED;
      const next = successorOf(token, this.key);
      switch (standingOf(row)) {
        case 'over':
          return REFUSED;
        case 'reused':
          this.logger.warn(`A replaced refresh token of user ${owner.id} came back: session ended`);
          return { grant: null, ended: await revoke(transaction, owner.id, row.family) };
        case 'current': {
          // A token reached by way of its predecessor is handed out as it is.
          const isShown = token === shown;
          if (isShown) await transaction.rows(sql.REPLACE_TOKEN, [row.id, hashOf(next)]);
          const refreshToken = isShown ? next : token;
          return { grant: { user: toUser(owner), family: row.family, refreshToken }, ended: [] };
        }
        case 'just_replaced':
          token = next;
      }
    }
  }

  private tell(userId: number, ended: readonly FamilyRow[]): void {
    for (const family of new Set(ended.map((row) => row.family))) {
      this.bus.tell(SESSION_NEWS, { family, user_id: userId });
    }
  }
}

interface FamilyRow {
  family: string;
}

const REFUSED = { grant: null, ended: [] };
const NOTHING = { ...REFUSED, owner: null };

async function revoke(
  transaction: Transaction,
  userId: number,
  family: string,
): Promise<FamilyRow[]> {
  return transaction.rows<FamilyRow>(sql.REVOKE_FAMILY, [family, userId]);
}
