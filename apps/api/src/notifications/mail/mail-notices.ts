import { Injectable } from '@nestjs/common';
import { Presence } from '../../chat';
import { Settings } from '../../platform/config/settings';
import { Database, type Statement } from '../../platform/database/database';
import { lookAgainInQuiet } from '../preferences/quiet-hours';
import { conversationPath } from '../telling/conversation-path';
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
import { IS_UNREAD, oldestUnreadSeq, WORDS } from '../telling/unread.sql';
import { MailSender } from './mail-sender';
import type { QuotedMessage } from './notice-mail';

const MAX_MESSAGES = 10;
const MINUTE_MS = 60_000;
/** Where mails have no delay. */
const LOOK_AGAIN_MS = 10_000;

/** $1 user, $2 conversation, $3 to admins. No row where nobody is to be told any more. */
const FIND: Statement = {
  name: 'mail-notice',
  text: `SELECT u.name, u.email AS address, ${UNREAD_COLUMNS},
      (${oldestUnreadSeq('c.id', '$3::boolean')}) AS oldest_seq,
      coalesce((SELECT t.seq FROM notification_told t
        WHERE t.channel = 'mail' AND t.to_id = u.id AND t.conversation_id = c.id), 0) AS told_seq
    FROM auth_user u ${UNREAD_TABLES}
    WHERE u.id = $1 AND coalesce(p.email, true)`,
};

/** $1 conversation, $2 to admins, $3 how many at most; the newest unread ones, the oldest first. */
const MESSAGES: Statement = {
  name: 'mail-notice-messages',
  text: `SELECT s.name AS sender_name, m.content FROM (
      SELECT seq, sender_id, ${WORDS} AS content FROM chat_messages
      WHERE conversation_id = $1 AND from_admin = NOT $2::boolean AND ${IS_UNREAD}
      ORDER BY seq DESC LIMIT $3
    ) m JOIN auth_user s ON s.id = m.sender_id ORDER BY m.seq`,
};

type MailRow = UnreadRow & { name: string; address: string; oldest_seq: number; told_seq: number };

/**
 * Mails one person what is unread, as things are when the job runs. Whoever is here gets none, and
 * whoever got one gets no other about the conversation until all that it told of is read.
 */
@Injectable()
export class MailNotices {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly presence: Presence,
    private readonly sender: MailSender,
    private readonly once: ToldOnce,
    desk: TellingDesk,
  ) {
    desk.handle('mail', async (telling) => this.tell(telling));
  }

  private async tell(telling: Telling): Promise<Told> {
    const { toId, conversationId, toAdmins } = telling;
    const { mail } = this.settings;
    const [row] = await this.database.rows<MailRow>(FIND, [toId, conversationId, toAdmins]);
    if (!row || !mail) return 'needless';
    const unread = toUnread(row);
    const now = new Date();
    const lookAgainAt = lookAgainInQuiet(unread.preferences, now);
    if (lookAgainAt) return lookAgainAt;
    // Either waits to be seen; what then stays unread is mailed after all.
    const isToldOfSome = row.oldest_seq <= row.told_seq && row.told_seq < unread.seq;
    if (this.presence.mayBeOnline(toId) || isToldOfSome) {
      return new Date(now.getTime() + Math.max(LOOK_AGAIN_MS, mail.delayMinutes * MINUTE_MS));
    }
    return this.once.unlessTold('mail', telling, unread.seq, async () =>
      this.send(telling, row, unread, mail.withText),
    );
  }

  private async send(
    { toId, conversationId, toAdmins }: Telling,
    { name, address }: MailRow,
    unread: Unread,
    withText: boolean,
  ): Promise<Told> {
    const messages = withText
      ? await this.database.rows<QuotedMessage>(MESSAGES, [conversationId, toAdmins, MAX_MESSAGES])
      : [];
    await this.sender.send({
      recipient: { id: toId, name, address },
      conversationId,
      unread,
      messages,
      path: conversationPath(conversationId, toAdmins),
    });
    return 'sent';
  }
}
