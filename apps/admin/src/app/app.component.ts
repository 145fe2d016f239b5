import { Component, computed, effect, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { SessionStore, rematchRoutesWithSession } from '@support-chat/auth-data-access';
import { AccountMenuComponent, SessionFrameComponent } from '@support-chat/auth-feature-login';
import { Attention, OutboxSender } from '@support-chat/chat-data-access';
import {
  ChatNotificationBellComponent,
  SettingsButtonComponent,
} from '@support-chat/chat-feature-bell';
import { AppFrameComponent, I18n } from '@support-chat/ui';

/** The console: a bar on top and, below it, the conversations of all students. */
@Component({
  selector: 'sc-root',
  imports: [
    AccountMenuComponent,
    AppFrameComponent,
    ChatNotificationBellComponent,
    RouterOutlet,
    SessionFrameComponent,
    SettingsButtonComponent,
  ],
  templateUrl: './app.component.html',
})
export class AppComponent {
  protected readonly i18n = inject(I18n);
  private readonly session = inject(SessionStore);

  protected readonly title = computed(() => this.i18n.t('app.console'));
  /** The list of what waits. */
  protected readonly unreadOnly = { unread: 'true' };
  protected readonly pathOf = (conversationId: number): string =>
    `/conversations/${conversationId}`;
  protected readonly isAdmin = computed(() => this.session.user()?.role === 'admin');

  constructor() {
    const attention = inject(Attention);
    inject(OutboxSender); // What an earlier visit left unsent goes out, whatever is open.
    rematchRoutesWithSession();
    effect(() => {
      // What waited for a new sign-in goes on at once.
      if (!this.session.expired()) attention.wake();
    });
  }
}
