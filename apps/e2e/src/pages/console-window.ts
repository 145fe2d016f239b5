import { APP_ROUTES } from '@support-chat/contracts';
import { expect, type Locator, type Page } from '@playwright/test';
import { AppWindow } from './app-window';

/** The console: the list of conversations beside the open one. */
export class ConsoleWindow extends AppWindow {
  readonly list: Locator;
  readonly rows: Locator;
  readonly search: Locator;

  constructor(page: Page) {
    super(page);
    this.list = page.getByRole('list', { name: 'Conversations' });
    this.rows = this.list.getByRole('link');
    this.search = page.getByRole('searchbox', { name: 'Search by name or e-mail' });
  }

  static path(conversationId: number): string {
    return `${APP_ROUTES.admin}/conversations/${conversationId}`;
  }

  row(name: string): Locator {
    return this.rows.filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Of the open conversation. */
  async endConversation(): Promise<void> {
    await this.page.getByRole('button', { name: 'End conversation' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'End this conversation?' });
    await dialog.getByRole('button', { name: 'End conversation' }).click();
  }

  /** Opens it, and takes the mouse off the list: under it the rows keep their places (ux-4). */
  async open(name: string): Promise<void> {
    await this.row(name).click();
    await this.page.mouse.move(0, 0);
    await expect(this.page.getByRole('heading', { name, exact: true })).toBeVisible();
    await expect(this.thread.log).toBeVisible();
  }
}
