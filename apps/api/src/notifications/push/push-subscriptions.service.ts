import { Injectable } from '@nestjs/common';
import { LIMITS, type PushSubscriptionBody } from '@support-chat/contracts';
import type { Caller } from '../../auth';
import { Database, type Statement } from '../../platform/database/database';
import { ProblemError } from '../../platform/http/problem.error';
import { PushServices } from './push-services';

/**
 * $1 user, $2 endpoint, $3 p256dh, $4 auth, $5 sign-in. A device is whose who signed in on it last;
 * no row where it is somebody else's, and only its address is known.
 */
const KEEP: Statement = {
  name: 'push-subscription-keep',
  text: `INSERT INTO notification_push_subscriptions AS s (user_id, endpoint, p256dh, auth, session_family)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (endpoint) DO UPDATE SET
      user_id = excluded.user_id, p256dh = excluded.p256dh, auth = excluded.auth,
      session_family = excluded.session_family, renewed_at = now()
    WHERE s.user_id = excluded.user_id
      OR (s.p256dh, s.auth) = (excluded.p256dh, excluded.auth)
    RETURNING id`,
};

/** $1 user, $2 how many to keep: the least recently renewed go. */
const LIMIT: Statement = {
  name: 'push-subscription-limit',
  text: `DELETE FROM notification_push_subscriptions WHERE id IN (
      SELECT id FROM notification_push_subscriptions WHERE user_id = $1
      ORDER BY renewed_at DESC, id DESC OFFSET $2)`,
};

/** $1 user. Whoever adds devices of one user takes turns, so that the limit is exact. */
const TAKE_TURNS: Statement = {
  name: 'push-subscription-turn',
  text: 'SELECT FROM auth_user WHERE id = $1 FOR NO KEY UPDATE',
};

/** $1 user, $2 endpoint */
const REMOVE: Statement = {
  name: 'push-subscription-remove',
  text: 'DELETE FROM notification_push_subscriptions WHERE user_id = $1 AND endpoint = $2',
};

/** The devices that people want pushes on, at most `LIMITS.pushSubscriptionsPerUser` for each. */
@Injectable()
export class PushSubscriptions {
  constructor(
    private readonly database: Database,
    private readonly services: PushServices,
  ) {}

  /**
   * Adds or renews a device, for as long as this sign-in lasts. `validation_failed` where the
   * endpoint is no push service's, or somebody else's with other keys.
   */
  async keep(
    { id: userId, sessionFamily }: Caller,
    { endpoint, keys }: PushSubscriptionBody,
  ): Promise<void> {
    if (!this.services.find(endpoint)) {
      throw notAllowed('must be an address of a push service this server knows');
    }
    await this.database.transaction(async (transaction) => {
      await transaction.rows(TAKE_TURNS, [userId]);
      const device = [userId, endpoint, keys.p256dh, keys.auth, sessionFamily];
      const kept = await transaction.rows(KEEP, device);
      if (kept.length === 0) throw notAllowed('belongs to another device');
      await transaction.rows(LIMIT, [userId, LIMITS.pushSubscriptionsPerUser]);
    });
  }

  /** Takes a device of this user away; one that is not theirs stays. */
  async remove(userId: number, endpoint: string): Promise<void> {
    await this.database.write(REMOVE, [userId, endpoint]);
  }
}

function notAllowed(detail: string): ProblemError {
  return ProblemError.invalid({ field: 'endpoint', code: 'not_allowed', detail });
}
