import { Service, computed, effect, inject, untracked } from '@angular/core';
import {
  CHAT_VIEWER,
  NewsAlerts,
  NotificationPreferencesStore,
  PushDevice,
  ShownPushes,
} from '@support-chat/chat-data-access';
import type { NotificationLanguage } from '@support-chat/contracts';
import { I18n } from '@support-chat/ui';
import { BadgeAfterPush } from './badge-after-push';
import { PushPresses } from './push-presses';

/** What tells of news without being looked at: the sound, and the pushes to this device. */
@Service()
export class ChatAlerts {
  private readonly i18n = inject(I18n);
  private readonly preferences = inject(NotificationPreferencesStore);

  constructor() {
    inject(NewsAlerts);
    inject(ShownPushes);
    inject(PushPresses);
    inject(BadgeAfterPush);
    const device = inject(PushDevice);
    const viewer = inject(CHAT_VIEWER);
    const viewerId = computed(() => viewer()?.id ?? null);
    effect(() => {
      if (viewerId() === null) return;
      untracked(() => {
        void this.preferences.load();
        void device.renew();
      });
    });
    const isKnown = computed(() => this.preferences.current() !== null);
    effect(() => {
      const language = this.i18n.language();
      if (viewerId() !== null && isKnown())
        untracked(() => {
          this.speak(language);
        });
    });
  }

  /**
   * Pushes and mails speak the language that was chosen here. Asked for once by each person and
   * choice: another device may have chosen another one since, and a save that fails has its reasons.
   */
  private speak(language: NotificationLanguage): void {
    if (this.preferences.current()?.language !== language) {
      void this.preferences.change({ language });
    }
  }
}
