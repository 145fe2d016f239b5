import { Injectable } from '@nestjs/common';
import { LIMITS, truncateCodePoints, type LatestUnread } from '@support-chat/contracts';
import type { Caller } from '../../auth';
import { Database } from '../../platform/database/database';
import { sideOf } from '../access/conversation-access.policy';
import { toConversation } from '../conversations/conversation.row';
import { messageOf, toMessage } from '../messages/message.row';
import {
  ADMIN_LATEST_UNREAD,
  USER_LATEST_UNREAD,
  type LatestUnreadRow,
} from './read-status.statements';

/** What waits for a caller, for the bell's list. One read, so list and count belong together. */
@Injectable()
export class LatestUnreadService {
  constructor(private readonly database: Database) {}

  async get(caller: Caller): Promise<LatestUnread> {
    const side = sideOf(caller);
    const rows =
      side === 'admin'
        ? await this.database.rows<LatestUnreadRow>(ADMIN_LATEST_UNREAD, [])
        : await this.database.rows<LatestUnreadRow>(USER_LATEST_UNREAD, [caller.id]);
    return {
      unread_count: rows[0]?.total ?? 0,
      results: rows.map((row) => {
        const message = toMessage(messageOf(row, 'unread_'));
        const content = truncateCodePoints(message.content, LIMITS.lastMessagePreviewLength);
        return { conversation: toConversation(row, side), message: { ...message, content } };
      }),
    };
  }
}
