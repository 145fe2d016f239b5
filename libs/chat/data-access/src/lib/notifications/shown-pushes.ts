import { Service, effect, inject } from '@angular/core';
import { UnreadStore } from '../unread.store';
import { PushWorker } from './push-worker';

/** Takes pushes off the screen once nothing waits any more, wherever it was read. */
@Service()
export class ShownPushes {
  private readonly worker = inject(PushWorker);
  private readonly unread = inject(UnreadStore);

  constructor() {
    effect(() => {
      if (this.unread.isKnown() && this.unread.count() === 0) void this.close();
    });
  }

  private async close(): Promise<void> {
    const registration = await this.worker.find();
    for (const shown of (await registration?.getNotifications()) ?? []) shown.close();
  }
}
