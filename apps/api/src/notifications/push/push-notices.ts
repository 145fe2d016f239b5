import { Injectable } from '@nestjs/common';
import { Settings } from '../../platform/config/settings';
import { Database, type Statement } from '../../platform/database/database';
import { ParkJobError } from '../../platform/jobs/park-job.error';
import { lookAgainInQuiet } from '../preferences/quiet-hours';
import type { Telling } from '../telling/telling';
import { TellingDesk, type Told } from '../telling/telling-desk';
import {
  toUnread,
  UNREAD_COLUMNS,
  UNREAD_TABLES,
  type Unread,
  type UnreadRow,
} from '../telling/unread.row';
import { ToldOnce } from '../telling/told-once';
import { pushPayload } from './push-payload';
import { PushSender, type PushDevice } from './push-sender';
import { IS_SIGNED_IN } from './signed-in.sql';

/** $1 device, $2 conversation, $3 to admins. No row where nobody is to be told any more. */
const FIND: Statement = {
  name: 'push-notice',
  text: `SELECT s.endpoint, s.p256dh, s.auth, ${UNREAD_COLUMNS}
    FROM notification_push_subscriptions s JOIN auth_user u ON u.id = s.user_id ${UNREAD_TABLES}
    WHERE s.id = $1 AND ${IS_SIGNED_IN} AND coalesce(p.push, true)`,
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
    private readonly settings: Settings,
    private readonly sender: PushSender,
    private readonly once: ToldOnce,
    desk: TellingDesk,
  ) {
    desk.handle('push', async (telling) => this.tell(telling));
  }

  private async tell(telling: Telling): Promise<Told> {
    const { toId, conversationId, toAdmins } = telling;
    const values = [toId, conversationId, toAdmins];
    const [device] = await this.database.rows<PushDevice & UnreadRow>(FIND, values);
    if (!device || !this.settings.push) return 'needless';
    const unread = toUnread(device);
    const lookAgainAt = lookAgainInQuiet(unread.preferences, new Date());
    if (lookAgainAt) return lookAgainAt;
    return this.once.unlessTold('push', telling, unread.seq, async () =>
      this.push(telling, device, unread),
    );
  }

  private async push(telling: Telling, device: PushDevice, unread: Unread): Promise<Told> {
    const { toId, conversationId } = telling;
    const payload = pushPayload(telling, unread, this.settings.pushWithText);
    const outcome = await this.sender.send(device, payload, `c${conversationId}`);
    if (outcome === 'taken') return 'sent';
    const { host } = new URL(device.endpoint);
    if (outcome === 'later') throw new Error(`${host} wants it later.`);
    if (outcome === 'refused') throw new ParkJobError(`${host} refuses it, or may not be called.`);
    await this.database.write(FORGET, [toId, device.endpoint]);
    return 'gone';
  }
}
