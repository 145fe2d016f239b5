import {
  Component,
  DestroyRef,
  type ElementRef,
  computed,
  effect,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import type { Params } from '@angular/router';
import { UnreadStore } from '@support-chat/chat-data-access';
import { BadgeComponent, I18n, IconComponent } from '@support-chat/ui';
import { ChatAlertsComponent } from './chat-alerts.component';
import { NotificationSettingsComponent } from './settings/notification-settings.component';
import { SettingsDialog } from './settings/settings-dialog';
import { TabBadge } from './tab-badge';
import { UnreadMenuComponent } from './unread-menu.component';

const MOST_SHOWN = 99;

/**
 * How many messages wait for the viewer, with a menu of the newest; the tab's title and icon say
 * it too. Everything but the count is fetched when it is first needed.
 */
@Component({
  selector: 'sc-chat-notification-bell',
  imports: [
    BadgeComponent,
    ChatAlertsComponent,
    IconComponent,
    NotificationSettingsComponent,
    UnreadMenuComponent,
  ],
  templateUrl: './chat-notification-bell.component.html',
  styleUrl: './chat-notification-bell.component.css',
})
export class ChatNotificationBellComponent {
  protected readonly i18n = inject(I18n);
  protected readonly settings = inject(SettingsDialog);
  private readonly tab = inject(TabBadge);
  private readonly menu = viewChild.required<ElementRef<HTMLElement>>('menu');

  /** Title of the page, without the count. */
  readonly pageTitle = input.required<string>();
  /** Where a conversation is shown. */
  readonly pathOf = input<(conversationId: number) => string>(() => '/');
  /** The list of all that waits, where there is one. */
  readonly allQuery = input<Params | null>(null);

  protected readonly isOpen = signal(false);
  protected readonly count = inject(UnreadStore).count;
  protected readonly label = computed(() =>
    this.count() > 0 ? this.i18n.plural('bell.unread', this.count()) : this.i18n.t('bell.none'),
  );

  constructor() {
    effect(() => {
      const count = this.count();
      const shown = this.i18n.number(Math.min(count, MOST_SHOWN));
      this.tab.show(this.pageTitle(), count, count > MOST_SHOWN ? `${shown}+` : shown);
    });
    inject(DestroyRef).onDestroy(() => {
      this.tab.show(this.pageTitle(), 0, '');
    });
  }

  protected close(): void {
    this.menu().nativeElement.hidePopover();
  }
}
