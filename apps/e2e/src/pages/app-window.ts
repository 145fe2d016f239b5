import { expect, type Locator, type Page } from '@playwright/test';
import type { SignIn } from '../system/running-system';
import { NotificationSettings } from './notification-settings';
import { Thread } from './thread';

/** As what is pushed comes; beside a socket a poll would take half a minute. */
export const AT_ONCE = { timeout: 8_000 };

/** What both apps share: the bar with bell and menu, signing in, and the open conversation. */
export class AppWindow {
  readonly thread: Thread;
  readonly bell: Locator;
  readonly menu: Locator;
  /** What the bell opens. */
  readonly unread: Locator;
  readonly notifications: NotificationSettings;

  constructor(readonly page: Page) {
    this.thread = new Thread(page);
    this.bell = page.getByRole('banner').getByRole('button', { name: /unread message/ });
    this.menu = page.getByRole('dialog', { name: 'Menu' });
    this.unread = page.getByRole('dialog', { name: 'Unread messages' });
    this.notifications = new NotificationSettings(page);
  }

  /** Fills the form that is on the screen, and sends it. */
  async signIn({ email, password }: SignIn): Promise<void> {
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  async signOut(): Promise<void> {
    await this.openMenu();
    await this.menu.getByRole('button', { name: 'Sign out' }).click();
  }

  async openMenu(): Promise<void> {
    // A page that is still starting may close it again.
    await expect(async () => {
      await this.page.getByRole('button', { name: 'Menu' }).click();
      await expect(this.menu).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 20_000 });
  }

  async openNotifications(): Promise<void> {
    await expect(async () => {
      await this.openMenu();
      await this.menu.getByRole('button', { name: 'Notifications' }).click({ timeout: 2_000 });
    }).toPass({ timeout: 20_000 });
    await expect(this.notifications.sound).toBeVisible();
  }

  /** News is pushed, and the page says so. */
  async expectLive(options: { timeout?: number } = {}): Promise<void> {
    await expect(this.page.getByText('Live', { exact: true })).toBeVisible(options);
  }

  /** News is asked for, and the page says so. */
  async expectPolling(): Promise<void> {
    await expect(this.page.getByText('Checking every 3 seconds')).toBeVisible();
  }

  /** The count that bell and title agree on. */
  async expectUnread(count: number): Promise<void> {
    const words =
      count === 0 ? 'No unread messages' : `${count} unread message${count === 1 ? '' : 's'}`;
    await expect(this.bell).toHaveAccessibleName(words);
    const short = count > 99 ? '99\\+' : String(count);
    await expect(this.page).toHaveTitle(count === 0 ? /^[^(]/ : new RegExp(`^\\(${short}\\) `));
  }
}
