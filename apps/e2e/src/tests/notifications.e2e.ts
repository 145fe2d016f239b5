import { API_ROUTES } from '@support-chat/contracts';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '../fixtures';

/** Notes of one sound. */
const NOTES = 2;

/** Counts the notes that any page of a browser plays from its next load on. */
async function notesOf(context: BrowserContext): Promise<() => number> {
  let notes = 0;
  await context.exposeFunction('notePlayed', () => (notes += 1));
  await context.addInitScript(() => {
    const { start } = AudioScheduledSourceNode.prototype;
    AudioScheduledSourceNode.prototype.start = function (when) {
      (globalThis as unknown as { notePlayed: () => void }).notePlayed();
      start.call(this, when);
    };
  });
  return () => notes;
}

const iconOf = (page: Page) => page.locator('link[rel=icon]');

test('ux-13 ux-43 the bell of the console leads to the conversation that waits', async ({
  windows,
  student,
  admin,
  demo,
}) => {
  const before = await admin.unreadCount();
  const { id } = await student.conversation();
  await student.send(id, 'Where are my grades?');
  const console = await windows.console(demo.admin);
  await console.expectUnread(before + 1);
  await expect(iconOf(console.page)).toHaveAttribute('href', /favicon-unread\.svg/);

  await console.bell.click();
  const entry = console.unread.getByRole('link', { name: student.name });
  await expect(entry).toContainText('Where are my grades?');
  await entry.click();
  await expect(console.unread).toBeHidden();
  await expect(
    console.page.getByRole('heading', { name: student.name, exact: true }),
  ).toBeVisible();
  await expect(console.thread.message('Where are my grades?')).toBeInViewport();
  await console.expectUnread(before);
});

test('ux-13 ux-17 the bell leads a student down to what came while reading above', async ({
  windows,
  student,
  admin,
}) => {
  const { id } = await student.conversation();
  for (let n = 1; n <= 30; n += 1) await student.send(id, `Line ${n}`);
  const support = await windows.support(student.signIn);
  await expect(support.thread.message('Line 30')).toBeInViewport();
  await expect(iconOf(support.page)).toHaveAttribute('href', /favicon\.svg/);
  await support.thread.wheel(-600);
  await admin.send(id, 'An answer');
  await support.expectUnread(1);

  await support.bell.focus();
  await support.page.keyboard.press('Enter');
  const entry = support.unread.getByRole('link', { name: /An answer/ });
  await expect(entry).toBeVisible();
  await entry.focus();
  await support.page.keyboard.press('Enter');
  await expect(support.thread.message('An answer')).toBeInViewport();
  await expect(support.thread.message('An answer')).toBeFocused();
  await support.expectUnread(0);
  await support.bell.click();
  await expect(support.unread).toContainText('All read');
});

test('ux-42 ux-46 one sound in one tab only, and none for what is being read', async ({
  windows,
  student,
  admin,
}) => {
  const { id } = await student.conversation();
  for (let n = 1; n <= 30; n += 1) await student.send(id, `Line ${n}`);
  const first = await windows.support(student.signIn);
  const context = first.page.context();
  const notes = await notesOf(context);
  await first.page.reload();
  const second = await windows.support(null, { context });
  for (const { page, thread } of [first, second]) {
    await page.bringToFront();
    await expect(thread.message('Line 30')).toBeInViewport();
    // The first touch, without which browsers let no page be heard.
    await thread.composer.click();
    await thread.wheel(-600);
  }
  await admin.send(id, 'An answer');
  for (const window of [first, second]) await window.expectUnread(1);
  await expect.poll(notes).toBe(NOTES);

  await second.thread.newMessages('1 new message').click();
  for (const window of [first, second]) await window.expectUnread(0);
  await admin.send(id, 'Read at once');
  await expect(second.thread.message('Read at once')).toBeInViewport();
  // No condition to wait for: it is what does not happen in this time that counts.
  await second.page.waitForTimeout(4_000);
  expect(notes()).toBe(NOTES);
});

test('ux-42 preferences are kept, and the sound that is off is off', async ({
  windows,
  student,
  admin,
}) => {
  const { id } = await student.conversation();
  for (let n = 1; n <= 30; n += 1) await student.send(id, `Line ${n}`);
  const support = await windows.support(student.signIn);
  const notes = await notesOf(support.page.context());
  await support.openNotifications();
  const { notifications } = support;
  await notifications.sound.uncheck();
  await notifications.quietHours.check();
  const saved = support.page.waitForResponse(
    (answer) => answer.request().postData()?.includes('21:30') ?? false,
  );
  await notifications.dialog.getByLabel('From').fill('21:30');
  await notifications.dialog.getByLabel('From').blur();
  await saved;
  await expect(notifications.dialog).toContainText('Saved');
  await notifications.close();

  await support.page.reload();
  await support.openNotifications();
  await expect(notifications.sound).not.toBeChecked();
  await expect(notifications.quietHours).toBeChecked();
  await expect(notifications.dialog.getByLabel('From')).toHaveValue('21:30');
  await expect(notifications.dialog.getByLabel('Time zone')).toHaveValue('Europe/Berlin');
  await notifications.quietHours.uncheck();
  await expect(notifications.dialog).toContainText('Saved');
  await notifications.close();

  await support.thread.wheel(-600);
  const asked = support.page.waitForResponse(`**${API_ROUTES.latestUnread}`);
  await admin.send(id, 'An answer');
  await asked;
  await support.expectUnread(1);
  // As above: time in which nothing is heard.
  await support.page.waitForTimeout(1_000);
  expect(notes()).toBe(0);
});
