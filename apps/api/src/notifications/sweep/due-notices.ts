import { Injectable } from '@nestjs/common';
import { Settings } from '../../platform/config/settings';
import { Database, type Transaction } from '../../platform/database/database';
import { Jobs } from '../../platform/jobs/jobs';
import type { NewJob } from '../../platform/jobs/queue';
import { tellingKey, TELLINGS, type Telling } from '../telling/telling';
import { LOCK_NOTICE, MARK_TOLD, NEWEST_UNREAD, RECIPIENTS, STILL_DELAYED } from './due.statements';
import { DUE_NOTICES, noticeKey, type Notice } from './notice';
import { noticeDelayMs } from './notice-delay';

/**
 * When a notice's delay is over: what has been read meanwhile needs none; otherwise each device or
 * mailbox gets a job of its own, so that one that fails is tried again alone.
 * What came after a message that was read meanwhile has its own delay.
 */
@Injectable()
export class DueNotices {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly settings: Settings,
  ) {
    jobs.handle(DUE_NOTICES, async (notice) => this.handOn(notice));
  }

  private async handOn(notice: Notice): Promise<void> {
    const { conversationId, toAdmins, channel } = notice;
    const key = [conversationId, toAdmins, channel];
    await this.database.transaction(async (transaction) => {
      const [mark] = await transaction.rows<{ told_seq: number }>(LOCK_NOTICE, key);
      const [newest] = await transaction.rows<{ seq: number }>(NEWEST_UNREAD, key.slice(0, 2));
      if (!mark || !newest || newest.seq <= mark.told_seq) return;
      if (await this.waitsOn(transaction, notice, mark.told_seq)) return;
      await this.jobs.add(transaction, TELLINGS[channel], await this.tellings(transaction, notice));
      await transaction.rows(MARK_TOLD, [...key, newest.seq]);
    });
    this.jobs.wake(TELLINGS[channel]);
  }

  /** @returns whether the notice comes again later, as even the oldest message is too young */
  private async waitsOn(transaction: Transaction, notice: Notice, told: number): Promise<boolean> {
    const { conversationId, toAdmins, channel } = notice;
    const values = [conversationId, toAdmins, told, noticeDelayMs(this.settings, channel)];
    const [oldest] = await transaction.rows<{ due_at: Date }>(STILL_DELAYED, values);
    if (!oldest) return false;
    const job = { key: noticeKey(notice), data: notice, startAfter: oldest.due_at };
    await this.jobs.add(transaction, DUE_NOTICES, [job]);
    return true;
  }

  private async tellings(
    transaction: Transaction,
    { conversationId, toAdmins, channel }: Notice,
  ): Promise<NewJob<Telling>[]> {
    const statement = RECIPIENTS[channel][toAdmins ? 'admins' : 'student'];
    const rows = await transaction.rows<{ to_id: number }>(statement, [conversationId]);
    return rows.map(({ to_id }) => {
      const telling = { toId: to_id, conversationId, toAdmins };
      return { key: tellingKey(telling), data: telling };
    });
  }
}
