import { DestroyRef, Service, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import {
  type Failure,
  type NotificationPreferences,
  type NotificationPreferencesBody,
  openTabChannel,
  readFailure,
} from '@support-chat/contracts';
import { firstValueFrom } from 'rxjs';
import { CHAT_VIEWER } from '../viewer';
import { NotificationsApi } from './notifications.api';

/**
 * How the viewer wants to be told, the same in all tabs. Acts never reject: what fails shows in
 * `failure`, and the preferences are again what the server has.
 */
@Service()
export class NotificationPreferencesStore {
  private readonly api = inject(NotificationsApi);
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly viewerId = computed(() => this.viewer()?.id ?? null);
  private readonly value = signal<NotificationPreferences | null>(null);
  private readonly lastFailure = signal<Failure | null>(null);
  private readonly saves = signal(0);
  private readonly channel = openTabChannel<{ viewerId: number | null }>('sc.notifications');
  private saving: Promise<unknown> = Promise.resolve();

  /** Null until they are known. */
  readonly current = this.value.asReadonly();
  readonly failure = this.lastFailure.asReadonly();
  readonly isSaving = computed(() => this.saves() > 0);

  constructor() {
    toObservable(this.viewerId)
      .pipe(takeUntilDestroyed())
      .subscribe(() => {
        this.value.set(null);
        this.lastFailure.set(null);
      });
    this.channel.onmessage = ({ data }) => {
      // Another tab changed them; whoever needs them here has loaded them.
      if (data.viewerId === this.viewerId() && this.value()) void this.load();
    };
    inject(DestroyRef).onDestroy(() => {
      this.channel.close();
    });
  }

  async load(): Promise<void> {
    const viewerId = this.viewerId();
    try {
      const preferences = await firstValueFrom(this.api.preferences());
      if (viewerId !== this.viewerId()) return;
      this.value.set(preferences);
      this.lastFailure.set(null);
    } catch (error) {
      this.lastFailure.set(readFailure(error));
    }
  }

  /**
   * Shown at once, stored one after the other; not for somebody else who came meanwhile. Whether
   * it was stored.
   */
  async change(changes: NotificationPreferencesBody): Promise<boolean> {
    const viewerId = this.viewerId();
    this.value.update((before) => before && { ...before, ...changes });
    this.saves.update((count) => count + 1);
    const save = this.saving.then(() => this.save(changes, viewerId));
    this.saving = save;
    const isSaved = await save;
    this.saves.update((count) => count - 1);
    return isSaved;
  }

  private async save(
    changes: NotificationPreferencesBody,
    viewerId: number | null,
  ): Promise<boolean> {
    if (viewerId !== this.viewerId()) return false;
    try {
      const stored = await firstValueFrom(this.api.change(changes));
      // What waits to be stored is shown already.
      if (this.saves() === 1 && viewerId === this.viewerId()) this.value.set(stored);
      this.lastFailure.set(null);
      this.channel.postMessage({ viewerId });
      return true;
    } catch (error) {
      await this.load();
      this.lastFailure.set(readFailure(error));
      return false;
    }
  }
}
