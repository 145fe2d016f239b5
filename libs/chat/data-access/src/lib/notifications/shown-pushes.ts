import { Service, effect, inject } from '@angular/core';
import { LIMITS, type Message, type PushPayload } from '@support-chat/contracts';
import { firstValueFrom } from 'rxjs';
import { Receipts } from '../receipts';
import { UnreadStore } from '../unread.store';
import { NotificationsApi } from './notifications.api';
import { PushWorker } from './push-worker';

type PushData = PushPayload['notification']['data'];

/**
 * Takes pushes off the screen once what they tell of was read: at once what is seen in this tab, and
 * with the next count what was read elsewhere or by somebody else.
 */
@Service()
export class ShownPushes {
  private readonly api = inject(NotificationsApi);
  private readonly unread = inject(UnreadStore);
  private readonly worker = inject(PushWorker);

  constructor() {
    const { lastSeen } = inject(Receipts);
    effect(() => {
      const seen = lastSeen();
      if (seen) void this.close((push) => isUpTo(seen, push));
    });
    effect(() => {
      if (!this.unread.isKnown()) return;
      if (this.unread.count() === 0) void this.close(() => true);
      else void this.closeReadElsewhere();
    });
  }

  /** What waits is asked for only where pushes are shown. */
  private async closeReadElsewhere(): Promise<void> {
    const shown = await this.shown();
    if (shown.length === 0) return;
    const waiting = await this.waiting();
    await this.close(({ conversation_id: id }) => id !== undefined && waiting?.has(id) === false);
  }

  /** Null where it cannot be said of all conversations. */
  private async waiting(): Promise<Set<number> | null> {
    try {
      const { results } = await firstValueFrom(this.api.latestUnread());
      if (results.length === LIMITS.unreadLatestMax) return null;
      return new Set(results.map(({ conversation }) => conversation.id));
    } catch {
      return null; // The connection's state shows elsewhere, and the next count is another chance.
    }
  }

  private async close(isRead: (push: PushData) => boolean): Promise<void> {
    for (const push of await this.shown()) if (isRead(push.data as PushData)) push.close();
  }

  private async shown(): Promise<Notification[]> {
    const registration = await this.worker.find();
    return (await registration?.getNotifications()) ?? [];
  }
}

function isUpTo({ conversation_id: id, seq }: Message, push: PushData): boolean {
  return push.conversation_id === id && (push.seq ?? 0) <= seq;
}
