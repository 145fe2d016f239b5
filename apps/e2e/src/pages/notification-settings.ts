import type { Locator, Page } from '@playwright/test';

/** The dialog in which a person says how to be told of messages. */
export class NotificationSettings {
  readonly dialog: Locator;
  readonly sound: Locator;
  readonly push: Locator;
  readonly quietHours: Locator;
  readonly turnOn: Locator;
  readonly turnOff: Locator;
  readonly test: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'Notifications' });
    this.sound = this.dialog.getByRole('switch', { name: 'Sound' });
    this.push = this.dialog.getByRole('switch', { name: 'Push' });
    this.quietHours = this.dialog.getByRole('switch', { name: 'Quiet hours' });
    this.turnOn = this.dialog.getByRole('button', { name: 'Turn on here' });
    this.turnOff = this.dialog.getByRole('button', { name: 'Turn off here' });
    this.test = this.dialog.getByRole('button', { name: 'Test my alerts' });
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close' }).click();
  }
}
