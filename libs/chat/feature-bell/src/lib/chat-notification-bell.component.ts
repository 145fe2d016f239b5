import {
  Component,
  DestroyRef,
  type ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  inputBinding,
  outputBinding,
  signal,
  viewChild,
} from '@angular/core';
import type { Params } from '@angular/router';
import { UnreadStore } from '@support-chat/chat-data-access';
import {
  BadgeComponent,
  I18n,
  IconComponent,
  type LazyPart,
  LazyPartComponent,
} from '@support-chat/ui';
import { SettingsDialog } from './settings/settings-dialog';
import { TabBadge } from './tab-badge';
import { whenIdle } from './when-idle';

const MOST_SHOWN = 99;

/**
 * How many messages wait for the viewer, with a menu of the newest; the tab's title and icon say
 * it too. Everything but the count is fetched when it is first needed.
 */
@Component({
  selector: 'sc-chat-notification-bell',
  imports: [BadgeComponent, IconComponent, LazyPartComponent],
  templateUrl: './chat-notification-bell.component.html',
  styleUrl: './chat-notification-bell.component.css',
})
export class ChatNotificationBellComponent {
  protected readonly i18n = inject(I18n);
  protected readonly settings = inject(SettingsDialog);
  private readonly injector = inject(Injector);
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

  protected readonly menuPart = async (): Promise<LazyPart> => ({
    type: (await import('./unread-menu.component')).UnreadMenuComponent,
    bindings: [
      inputBinding('pathOf', this.pathOf),
      inputBinding('allQuery', this.allQuery),
      outputBinding('left', () => {
        this.menu().nativeElement.hidePopover();
      }),
    ],
  });
  protected readonly settingsPart = async (): Promise<LazyPart> => ({
    type: (await import('./settings/notification-settings.component'))
      .NotificationSettingsComponent,
    bindings: [
      outputBinding('closed', () => {
        this.settings.close();
      }),
    ],
  });

  constructor() {
    effect(() => {
      const count = this.count();
      const shown = this.i18n.number(Math.min(count, MOST_SHOWN));
      this.tab.show(this.pageTitle(), count, count > MOST_SHOWN ? `${shown}+` : shown);
    });
    afterNextRender(() => {
      // Without it there is only no sound; the next visit has it.
      whenIdle(() => void this.startAlerts().catch(() => undefined));
    });
    inject(DestroyRef).onDestroy(() => {
      this.tab.show(this.pageTitle(), 0, '');
      this.settings.close();
    });
  }

  private async startAlerts(): Promise<void> {
    const { ChatAlerts } = await import('./chat-alerts');
    this.injector.get(ChatAlerts);
  }
}
