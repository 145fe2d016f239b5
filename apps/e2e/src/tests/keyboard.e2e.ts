import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures';

const MOST_STOPS = 40;

const isActive = (element: Element | null): boolean => element === document.activeElement;

/** Presses Tab until this has the focus, as somebody without a mouse has to. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate(isActive)) return;
  }
  throw new Error('Tab never came to it.');
}

/** What the one announcer said, in order. Call before anything is said. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const spoken: string[] = [];
    Object.assign(globalThis, { spoken });
    const isLive = (node: Node): boolean => {
      const element = node instanceof Element ? node : node.parentElement;
      return element?.closest('[aria-live=polite], [aria-live=assertive]') != null;
    };
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const words = target.textContent?.trim() ?? '';
        if (isLive(target) && words !== '') spoken.push(words);
      }
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
  return async () => page.evaluate(() => (globalThis as unknown as { spoken: string[] }).spoken);
}

test('ux-61 a student signs in, reads and writes by keyboard alone', async ({
  windows,
  student,
  admin,
}) => {
  const { id } = await student.conversation();
  await admin.send(id, 'Welcome!');
  const { page, thread } = await windows.support(null);
  await tabTo(page, page.getByLabel('E-mail'));
  await page.keyboard.type(student.signIn.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(student.signIn.password);
  await page.keyboard.press('Enter');
  await expect(thread.message('Welcome!')).toBeVisible();

  await tabTo(page, thread.composer);
  await page.keyboard.type('No mouse here');
  await page.keyboard.press('Enter');
  await expect(thread.message('No mouse here')).toContainText('Sent');
  await expect(thread.composer).toBeFocused();

  await page.keyboard.press('ArrowUp');
  await expect(thread.message('No mouse here')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(thread.message('Welcome!')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(thread.composer).toBeFocused();
});

test('ux-61 an admin finds a conversation, answers and ends it by keyboard alone', async ({
  windows,
  student,
  demo,
}) => {
  const { id } = await student.conversation();
  await student.send(id, 'Anybody there?');
  const console = await windows.console(demo.admin);
  const { page, thread } = console;
  await expect(console.row(student.name)).toBeVisible();
  await tabTo(page, console.search);
  await page.keyboard.type(student.name);
  await expect(console.rows).toHaveCount(1);
  await tabTo(page, console.row(student.name));
  await page.keyboard.press('Enter');
  await expect(thread.message('Anybody there?')).toBeVisible();

  await tabTo(page, thread.composer);
  await page.keyboard.type('Yes, and without a mouse');
  await page.keyboard.press('Enter');
  await expect(thread.message('Yes, and without a mouse')).toContainText('Sent');

  const end = page.getByRole('button', { name: 'End conversation' });
  for (let stop = 0; !(await end.evaluate(isActive)); stop += 1) {
    expect(stop).toBeLessThan(MOST_STOPS);
    await page.keyboard.press('Shift+Tab');
  }
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'End this conversation?' });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(end).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('button', { name: 'End conversation' }));
  await page.keyboard.press('Enter');
  await expect(console.row(student.name)).toContainText('Ended');
});

test('ux-61 arrows, Home and End move through the messages, Enter to their actions', async ({
  windows,
  student,
}) => {
  const { id } = await student.conversation();
  for (const text of ['One', 'Two', 'Three', 'Four']) await student.send(id, text);
  const { page, thread } = await windows.support(student.signIn);
  await thread.message('Four').focus();
  await page.keyboard.press('Home');
  await expect(thread.message('One')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(thread.message('Two')).toBeFocused();
  await page.keyboard.press('End');
  await expect(thread.message('Four')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(thread.message('Four').getByRole('button', { name: 'Copy' })).toBeFocused();
  // One stop for Tab, however many messages there are.
  await expect(thread.log.locator('article[tabindex="0"]')).toHaveCount(1);
});

test('ux-61 arrows move through the list of conversations', async ({ windows, demo }) => {
  const console = await windows.console(demo.admin);
  await console.rows.first().focus();
  await console.page.keyboard.press('ArrowDown');
  await expect(console.rows.nth(1)).toBeFocused();
  const last = await console.rows.last().elementHandle();
  await console.page.keyboard.press('End');
  await expect.poll(async () => last.evaluate(isActive)).toBe(true);
  await console.page.keyboard.press('Home');
  await expect(console.rows.first()).toBeFocused();
});

test('ux-62 a message that comes in takes the focus from nobody', async ({
  windows,
  student,
  admin,
}) => {
  const { id } = await student.conversation();
  for (const text of ['One', 'Two', 'Three']) await student.send(id, text);
  const { page, thread } = await windows.support(student.signIn);
  await thread.message('Two').focus();
  await admin.send(id, 'Coming in');
  await expect(thread.message('Coming in')).toBeVisible();
  await expect(thread.message('Two')).toBeFocused();

  await thread.composer.focus();
  await page.keyboard.type('Half a ');
  await admin.send(id, 'Coming in again');
  await expect(thread.message('Coming in again')).toBeVisible();
  await page.keyboard.type('sentence');
  await expect(thread.composer).toHaveValue('Half a sentence');
});

test('ux-62 older history takes the focus from nobody', async ({ windows, admin, demo }) => {
  const { id } = await admin.find('Priya Raman');
  const { page, thread } = await windows.console(demo.admin, {
    path: `/admin/chat/conversations/${id}`,
  });
  await expect(thread.messages.first()).toBeVisible();
  const loaded = await thread.messages.count();
  await thread.messages.last().focus();
  await page.keyboard.press('Home');
  await expect(thread.messages.last()).not.toBeFocused();
  const top = await page.evaluateHandle(() => document.activeElement);
  await expect.poll(async () => thread.messages.count()).toBeGreaterThan(loaded);
  await expect.poll(async () => top.evaluate(isActive)).toBe(true);
});

test('ux-59 news is spoken once: politely by name, bursts as a number, one’s own as “Sent”', async ({
  windows,
  line,
  student,
  admin,
  demo,
}) => {
  const { id } = await student.conversation();
  await student.send(id, 'History, never spoken');
  // Polls can be held back, so that several messages come at one moment.
  line.refusesUpgrades = true;
  const { page, thread } = await windows.support(student.signIn, { origin: line.origin });
  await expect(thread.message('History, never spoken')).toBeVisible();
  const spoken = await listen(page);

  await thread.send('My own');
  await expect.poll(spoken).toEqual(['Sent']);
  await admin.send(id, 'One for you');
  const name = 'Sara Lindqvist';
  expect(demo.admin.email).toBe('admin@demo.school');
  await expect.poll(spoken).toEqual(['Sent', `${name}: One for you`]);

  await page.route('**/updates/**', async (route) => route.abort());
  for (const text of ['First', 'Second', 'Third']) await admin.send(id, text);
  await page.unroute('**/updates/**');
  await expect(thread.message('Third')).toBeVisible({ timeout: 20_000 });
  await expect.poll(spoken).toEqual(['Sent', `${name}: One for you`, '3 new messages']);
  await expect(thread.log).toHaveAttribute('aria-live', 'off');
});

test('ux-59 a failure is spoken at once', async ({ windows, student }) => {
  const { page, thread } = await windows.support(student.signIn);
  await expect(thread.composer).toBeVisible();
  const spoken = await listen(page);
  await page.route(/\/messages\/$/, async (route) =>
    route.fulfill({ status: 500, contentType: 'application/problem+json', json: { status: 500 } }),
  );
  await thread.send('Will fail');
  await expect.poll(spoken).toContain('Message not sent: Will fail');
});
