import { expect, type Locator, type Page } from '@playwright/test';

/** An open conversation, the same part in both apps. */
export class Thread {
  readonly log: Locator;
  readonly messages: Locator;
  readonly composer: Locator;
  readonly sendButton: Locator;

  constructor(readonly page: Page) {
    this.log = page.getByRole('log', { name: 'Messages' });
    this.messages = this.log.getByRole('article');
    this.composer = page.getByRole('textbox', { name: 'Your message' });
    this.sendButton = page.getByRole('button', { name: 'Send', exact: true });
  }

  message(text: string): Locator {
    return this.messages.filter({ has: this.page.getByText(text, { exact: true }) });
  }

  async send(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
    await expect(this.message(text)).toBeVisible();
  }

  /** Turns the wheel over the messages; negative is up. */
  async wheel(pixels: number): Promise<void> {
    await this.log.hover();
    await this.page.mouse.wheel(0, pixels);
  }

  /** How far the view is from the newest line, in pixels. */
  async distanceToEnd(): Promise<number> {
    return this.log.evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop);
  }

  /** The button that leads to the newest message; says how many came meanwhile. */
  newMessages(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }
}
