import { Injectable } from '@nestjs/common';
import type { Caller } from '../../auth';
import { Settings } from '../../platform/config/settings';
import { Database, type Statement } from '../../platform/database/database';
import { ProblemError } from '../../platform/http/problem.error';
import { Limiters } from '../../platform/limits/limiters';
import type { PersonLimit } from '../../platform/limits/person-limit';
import {
  preferencesColumns,
  toPreferences,
  type PreferencesRow,
} from '../preferences/preferences.row';
import { testPayload } from './push-payload';
import { PushSender, type PushDevice, type PushOutcome } from './push-sender';
import { PushSubscriptions } from './push-subscriptions.service';
import { IS_SIGNED_IN } from './signed-in.sql';

/** Pushes of tests replace each other. */
const TOPIC = 'test';
const RETRY_AFTER_SECONDS = 30;

/** $1 user, $2 endpoint. A device that would be told of messages. */
const FIND: Statement = {
  name: 'push-test',
  text: `SELECT s.endpoint, s.p256dh, s.auth, ${preferencesColumns('p')}
    FROM notification_push_subscriptions s
    LEFT JOIN notification_preferences p ON p.user_id = s.user_id
    WHERE s.user_id = $1 AND s.endpoint = $2 AND ${IS_SIGNED_IN}`,
};

/** Lets a person see whether pushes reach a device: by one, on the way that all of them take. */
@Injectable()
export class PushTests {
  /** Each test calls a foreign server. */
  private readonly limit: PersonLimit;

  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
    limiters: Limiters,
    private readonly sender: PushSender,
    private readonly subscriptions: PushSubscriptions,
  ) {
    this.limit = limiters.ofPersons('push-test', 5, 'testing too often');
  }

  /**
   * Returns once the push service took it. Fails with `not_found` where this is no device of the
   * caller's (any more), `rate_limited`, or `unavailable` where the push service did not take it.
   */
  async run({ id, role }: Caller, endpoint: string): Promise<void> {
    await this.limit.take(id);
    const found = await this.database.rows<PushDevice & PreferencesRow>(FIND, [id, endpoint]);
    const [device] = found;
    if (!device || !this.settings.push) throw ProblemError.notFound();
    const { language } = toPreferences(device);
    const outcome = await this.send(device, testPayload(language, role));
    if (outcome === 'taken') return;
    const { host } = new URL(endpoint);
    if (outcome === 'later') {
      throw undelivered('The push service takes nothing right now.', `${host} wants it later.`);
    }
    if (outcome === 'refused') {
      const cause = `${host} refuses it, or may not be called.`;
      throw undelivered('The push service refuses what this server sends.', cause);
    }
    await this.subscriptions.remove(id, endpoint);
    throw new ProblemError('not_found', 'The push service does not know this device any more.');
  }

  private async send(device: PushDevice, payload: object): Promise<PushOutcome> {
    try {
      return await this.sender.send(device, payload, TOPIC);
    } catch (error) {
      throw undelivered('The push service cannot be reached right now.', error);
    }
  }
}

/** @param cause for the log; like the detail, without the endpoint: who has it can send there */
function undelivered(detail: string, cause: unknown): ProblemError {
  return new ProblemError('unavailable', detail, { retryAfter: RETRY_AFTER_SECONDS, cause });
}
