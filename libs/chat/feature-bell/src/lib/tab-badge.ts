import { DOCUMENT, Service, inject } from '@angular/core';

/** Newer browsers only, and only for an installed app. */
type BadgingNavigator = Partial<Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>>;

/**
 * Shows a count where it is seen from another tab: in the title, as a dot on the icon, on the
 * installed app. The icon of index.html names its variant with a dot in `data-unread`.
 */
@Service()
export class TabBadge {
  private readonly document = inject(DOCUMENT);
  private readonly icon = this.document.querySelector<HTMLLinkElement>('link[rel=icon]');
  private readonly plainIcon = this.icon?.getAttribute('href') ?? '';
  private count = 0;

  /** @param shownCount the count as the viewer's language writes it */
  show(title: string, count: number, shownCount: string): void {
    this.document.title = count > 0 ? `(${shownCount}) ${title}` : title;
    const dotted = this.icon?.dataset['unread'] ?? this.plainIcon;
    this.icon?.setAttribute('href', count > 0 ? dotted : this.plainIcon);
    this.count = count;
    this.badgeAgain();
  }

  /** The worker has marked the installed app, and knows no number. */
  badgeAgain(): void {
    void this.badgeApp();
  }

  private async badgeApp(): Promise<void> {
    const { count } = this;
    const navigator: BadgingNavigator = this.document.defaultView?.navigator ?? {};
    try {
      await (count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.());
    } catch {
      // Refused, as for a page that is not installed: the title and the icon say it.
    }
  }
}
