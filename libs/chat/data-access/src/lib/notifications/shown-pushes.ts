import { Service, computed, effect, inject } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { LIMITS, type Message, type PushPayload } from '@support-chat/contracts';
import { concatMap, filter, firstValueFrom, merge, throttleTime } from 'rxjs';
import { Receipts } from '../receipts';
import { UnreadStore } from '../unread.store';
import { NotificationsApi } from './notifications.api';
import { PushWorker } from './push-worker';

/** Of a message; a test of alerts is not among them. */
interface ShownPush {
  conversationId: number;
  seq: number;
  close: () => void;
}

const AT_MOST_EVERY_MS = 1_000;
const THROTTLE = { leading: true, trailing: true };

/**
 * Takes pushes off the screen once what they tell of was read: at once what is seen in this tab, and
 * what was read elsewhere or by somebody else whenever something was read or arrived.
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
    const { isKnown, count } = this.unread;
    const counted$ = toObservable(computed(() => (isKnown() ? count() : null)));
    merge(counted$, this.unread.refreshes$)
      .pipe(
        filter(() => isKnown()),
        throttleTime(AT_MOST_EVERY_MS, undefined, THROTTLE),
        concatMap(() => this.closeReadElsewhere()),
        takeUntilDestroyed(),
      )
      .subscribe();
  }

  /** What waits is asked for only where pushes are shown; the answer knows nothing of newer ones. */
  private async closeReadElsewhere(): Promise<void> {
    const before = await this.shown();
    if (before.length === 0) return;
    const waiting = await this.waiting();
    if (!waiting) return;
    const read = before.filter(({ conversationId }) => !waiting.has(conversationId));
    await this.close((push) => read.some((known) => isSame(known, push)));
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

  private async close(isRead: (push: ShownPush) => boolean): Promise<void> {
    for (const push of await this.shown()) if (isRead(push)) push.close();
  }

  private async shown(): Promise<ShownPush[]> {
    return (await this.worker.shown()).flatMap((shown) => {
      const data = shown.data as PushPayload['notification']['data'] | null;
      if (data?.conversation_id === undefined) return [];
      const close = () => {
        shown.close();
      };
      return [{ conversationId: data.conversation_id, seq: data.seq ?? 0, close }];
    });
  }
}

function isUpTo({ conversation_id: id, seq }: Message, push: ShownPush): boolean {
  return push.conversationId === id && push.seq <= seq;
}

function isSame(a: ShownPush, b: ShownPush): boolean {
  return a.conversationId === b.conversationId && a.seq === b.seq;
}
