import { Service, inject, signal } from '@angular/core';
import type { NotificationChannels } from '@support-chat/contracts';
import { firstValueFrom } from 'rxjs';
import { NotificationsApi } from './notifications.api';

/** What this server can do to tell people of messages; rejects as the call does. */
@Service()
export class NotificationChannelsStore {
  private readonly api = inject(NotificationsApi);
  private readonly value = signal<NotificationChannels | null>(null);

  /** Null until it is known. */
  readonly current = this.value.asReadonly();

  async load(): Promise<NotificationChannels> {
    const channels = await firstValueFrom(this.api.channels());
    this.value.set(channels);
    return channels;
  }
}
