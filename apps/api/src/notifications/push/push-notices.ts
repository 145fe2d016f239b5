import { Injectable } from '@nestjs/common';
import { Settings } from '../../platform/config/settings';
import { Database, type Statement } from '../../platform/database/database';
import { Jobs } from '../../platform/jobs/jobs';
import { ParkJobError } from '../../platform/jobs/park-job.error';
import { quietUntil } from '../preferences/quiet-hours';
import { NoticeMetrics } from '../telling/notice-metrics';
import { PUSHES, tellingKey, type Telling } from '../telling/telling';
import { toUnread, UNREAD_COLUMNS, UNREAD_TABLES, type UnreadRow } from '../telling/unread.row';
import { pushPayload } from './push-payload';
import { PushSender, type PushDevice, type PushOutcome } from './push-sender';

/** $1 device, $2 conversation, $3 to admins. No row where nobody is to be told any more. */
const FIND: Statement = {
  name: 'push-notice',
  text: `SELECT s.endpoint, s.p256dh, s.auth, ${UNREAD_COLUMNS}
    FROM notification_push_subscriptions s JOIN auth_user u ON u.id = s.user_id ${UNREAD_TABLES}
    WHERE s.id = $1 AND coalesce(p.push, true)`,
};

/** $1 device, $2 its endpoint: one that was renewed meanwhile stays. */
const FORGET: Statement = {
  name: 'push-notice-forget',
  text: 'DELETE FROM notification_push_subscriptions WHERE id = $1 AND endpoint = $2',
};

/** Tells one device what is unread, as things are when the job runs. */
@Injectable()
export class PushNotices {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly settings: Settings,
    private readonly sender: PushSender,
    private readonly metrics: NoticeMetrics,
  ) {
    jobs.handle(PUSHES, async (telling) => this.tell(telling));
  }

  private async tell(telling: Telling): Promise<void> {
    const { toId, conversationId, toAdmins } = telling;
    const values = [toId, conversationId, toAdmins];
    const [row] = await this.database.rows<PushDevice & UnreadRow>(FIND, values);
    if (!row || !this.settings.push) {
      this.metrics.count('push', 'needless');
      return;
    }
    const unread = toUnread(row);
    const quietEnd = quietUntil(unread.preferences, new Date());
    if (quietEnd) {
      await this.jobs.addOne(PUSHES, {
        key: tellingKey(telling),
        data: telling,
        startAfter: quietEnd,
      });
      this.metrics.count('push', 'postponed');
      return;
    }
    const payload = pushPayload(telling, unread, this.settings.pushWithText);
    await this.finish(telling, row, await this.send(row, payload, `c${conversationId}`));
  }

  private async send(device: PushDevice, payload: object, topic: string): Promise<PushOutcome> {
    try {
      return await this.sender.send(device, payload, topic);
    } catch (error) {
      this.metrics.count('push', 'failed');
      throw error;
    }
  }

  private async finish(
    { toId }: Telling,
    { endpoint }: PushDevice,
    outcome: PushOutcome,
  ): Promise<void> {
    if (outcome === 'taken') {
      this.metrics.count('push', 'sent');
    } else if (outcome === 'gone') {
      await this.database.write(FORGET, [toId, endpoint]);
      this.metrics.count('push', 'gone');
    } else {
      this.metrics.count('push', 'failed');
      const host = new URL(endpoint).host;
      if (outcome === 'later') throw new Error(`${host} wants it later.`);
      throw new ParkJobError(`${host} may not be called, or refuses this push.`);
    }
  }
}
