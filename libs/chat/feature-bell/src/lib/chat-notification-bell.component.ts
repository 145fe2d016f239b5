import { Component, DestroyRef, computed, effect, inject, input } from '@angular/core';
import { type Params, RouterLink } from '@angular/router';
import { UnreadStore } from '@support-chat/chat-data-access';
import { BadgeComponent, I18n, IconComponent } from '@support-chat/ui';
import { TabBadge } from './tab-badge';

const MOST_SHOWN = 99;

/** How many messages wait for the viewer, as a link to them; the tab's title and icon say it too. */
@Component({
  selector: 'sc-chat-notification-bell',
  imports: [BadgeComponent, IconComponent, RouterLink],
  template: `
    <a
      class="sc-button sc-button--quiet sc-button--icon"
      [routerLink]="link()"
      [queryParams]="query()"
      [attr.aria-label]="label()"
      [title]="label()"
    >
      <sc-icon name="bell" />
      <sc-badge [count]="count()" />
    </a>
  `,
  styles: `
    a {
      position: relative;
    }

    sc-badge {
      position: absolute;
      inset-block-start: -0.125rem;
      inset-inline-end: -0.125rem;
    }
  `,
})
export class ChatNotificationBellComponent {
  private readonly i18n = inject(I18n);
  private readonly tab = inject(TabBadge);

  /** Title of the page, without the count. */
  readonly pageTitle = input.required<string>();
  readonly link = input('/');
  readonly query = input<Params | null>(null);

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
}
