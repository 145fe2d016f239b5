import { expect, type Locator, type Page } from '@playwright/test';
import type { TestFile } from '../system/files';
import { settled } from './layout';

/** An open conversation, the same part in both apps. */
export class Thread {
  readonly log: Locator;
  readonly messages: Locator;
  readonly composer: Locator;
  readonly sendButton: Locator;
  /** The files that go with the next message. */
  readonly uploads: Locator;

  constructor(readonly page: Page) {
    this.log = page.getByRole('log', { name: 'Messages' });
    this.messages = this.log.getByRole('article');
    this.composer = page.getByRole('textbox', { name: 'Your message' });
    this.sendButton = page.getByRole('button', { name: 'Send', exact: true });
    this.uploads = page.getByRole('list', { name: 'Files to send' }).getByRole('listitem');
  }

  message(text: string): Locator {
    return this.messages.filter({ has: this.page.getByText(text, { exact: true }) });
  }

  /** The button that shows an image large. */
  image(name: string): Locator {
    return this.log.getByRole('button', { name: `Open the image ${name}` });
  }

  upload(name: string): Locator {
    return this.uploads.filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Chooses files by the button. */
  async attach(...files: TestFile[]): Promise<void> {
    const choosing = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: 'Attach files' }).click();
    await (await choosing).setFiles(files);
  }

  async send(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
    await expect(this.message(text)).toBeVisible();
  }

  /** Turns the wheel over the messages until they have moved that way and rest; negative is up. */
  async wheel(pixels: number): Promise<void> {
    const before = await this.distanceToEnd();
    // From the end, since older messages may come in above meanwhile.
    const moved = async () => (before - (await this.distanceToEnd())) * Math.sign(pixels);
    await expect(async () => {
      await this.log.hover();
      await this.page.mouse.wheel(0, pixels);
      await expect.poll(moved, { timeout: 1_000 }).toBeGreaterThan(0);
    }).toPass({ timeout: 20_000 });
    // Browsers glide to where the wheel leads.
    await settled(async () => this.log.evaluate((log) => log.scrollTop));
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
