import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Settings } from '../../platform/config/settings';
import { Database, type Transaction } from '../../platform/database/database';
import { Jobs } from '../../platform/jobs/jobs';
import type { Channel } from '../telling/channel';
import { DUE_NOTICES, noticeKey, type Notice } from './notice';
import { noticeDelayMs } from './notice-delay';
import {
  END_TURN,
  FIND_UNTOLD,
  MARK_QUEUED,
  TAKE_TURN,
  type Turn,
  type UntoldRow,
} from './sweep.statements';

const INTERVAL_MS = 2_000;
const MAX_FOUND = 1_000;

/**
 * Finds out of what nobody was told yet. Sending a message writes nothing for it: every few seconds
 * the conversations with recent activity are looked through, by one instance at a time, and what is
 * found becomes a job in the same transaction that remembers it. So a crash at any point loses no
 * notice, and makes none twice. A turn that fails is a fault of the jobs, and told as such.
 */
@Injectable()
export class NoticeSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;
  private isSweeping = false;

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    if (this.timer) clearInterval(this.timer);
  }

  private async sweep(): Promise<void> {
    if (!this.jobs.isRunning || this.isSweeping) return;
    this.isSweeping = true;
    try {
      let found: number;
      do {
        found = await this.takeTurn();
        if (found > 0) this.jobs.wake(DUE_NOTICES);
      } while (found === MAX_FOUND);
    } catch (error) {
      // Nothing was marked, so the next turn finds it again.
      this.jobs.noteFault(error);
    } finally {
      this.isSweeping = false;
    }
  }

  /** @returns how many were found; when as many as may be, the next turn begins at the same place */
  private async takeTurn(): Promise<number> {
    return this.database.transaction(async (transaction) => {
      const [turn] = await transaction.rows<Turn>(TAKE_TURN, []);
      if (!turn) return 0;
      const channels = this.channels(turn);
      const found =
        channels.length === 0
          ? []
          : await transaction.rows<UntoldRow>(FIND_UNTOLD, [turn.since, channels, MAX_FOUND]);
      await this.queue(transaction, found);
      if (found.length < MAX_FOUND) await transaction.rows(END_TURN, []);
      return found.length;
    });
  }

  private channels({ has_devices: hasDevices }: Turn): Channel[] {
    const { push, mail } = this.settings;
    return [...(push && hasDevices ? ['push' as const] : []), ...(mail ? ['mail' as const] : [])];
  }

  private async queue(transaction: Transaction, found: readonly UntoldRow[]): Promise<void> {
    if (found.length === 0) return;
    await transaction.rows(MARK_QUEUED, [
      found.map(({ conversation_id }) => conversation_id),
      found.map(({ to_admins }) => to_admins),
      found.map(({ channel }) => channel),
      found.map(({ seq }) => seq),
    ]);
    const jobs = found.map((row) => {
      const { conversation_id: conversationId, to_admins: toAdmins, channel } = row;
      const notice: Notice = { conversationId, toAdmins, channel };
      const startAfter = new Date(row.created_at.getTime() + noticeDelayMs(this.settings, channel));
      return { key: noticeKey(notice), data: notice, startAfter };
    });
    await this.jobs.add(transaction, DUE_NOTICES, jobs);
  }
}
