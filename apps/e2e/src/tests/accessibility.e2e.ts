import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import { PDF, PNG, program } from '../system/files';

const PHONE = { viewport: { width: 360, height: 640 } };

/** What keeps people out, and nothing that is a matter of taste. */
async function expectAccessible(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
  expect(found, screen).toEqual([]);
}

/** A colour on its way to another one has a contrast of its own. */
const AT_REST = { reducedMotion: 'reduce' } as const;

/** Both looks and both writing directions: contrast hangs on the one, structure on the other. */
const VARIANTS = [
  {
    title: 'light, left to right',
    options: { colorScheme: 'light', locale: 'en-GB', ...AT_REST },
    dir: 'ltr',
  },
  {
    title: 'dark, right to left',
    options: { colorScheme: 'dark', locale: 'ar-EG', ...AT_REST },
    dir: 'rtl',
  },
] as const;

for (const { title, options, dir } of VARIANTS) {
  test.describe(`ux-67 axe finds nothing serious (${title})`, () => {
    test('in the student’s app', async ({ windows, student, demo }) => {
      test.slow();
      const { page: form } = await windows.support(null, options);
      await expect(form.locator('html')).toHaveAttribute('dir', dir);
      await expect(form.locator('form')).toBeVisible();
      await expectAccessible(form, 'sign in');
      await form.locator('form button.sc-button--primary').click();
      await expect(form.locator('[aria-invalid=true]').first()).toBeVisible();
      await expectAccessible(form, 'sign in, with errors');
      await form.locator('button.sc-link').click();
      await expect(form.locator('input[name=name]')).toBeVisible();
      await expectAccessible(form, 'register');

      const { page: empty } = await windows.support(student.signIn, options);
      await expect(empty.locator('textarea')).toBeVisible();
      await expectAccessible(empty, 'empty conversation');
      await empty.locator('header [popovertarget=sc-app-menu]').click();
      await expect(empty.locator('#sc-app-menu')).toBeVisible();
      await expectAccessible(empty, 'menu');
      await empty.locator('sc-settings-button[menu] button').click();
      await empty.locator('sc-quiet-hours-setting label').first().click();
      await expect(empty.locator('sc-quiet-hours-setting select')).toBeVisible();
      await expectAccessible(empty, 'settings of notifications');
      await empty.keyboard.press('Escape');
      await empty.locator('header [popovertarget=sc-unread-menu]').click();
      await expect(empty.locator('sc-unread-menu sc-empty-state')).toBeVisible();
      await expectAccessible(empty, 'bell, nothing waits');
      await empty.keyboard.press('Escape');
      await empty.context().setOffline(true);
      await empty.locator('textarea').fill('x'.repeat(4_100));
      await expect(empty.locator('sc-connection-banner p')).toBeVisible();
      await expectAccessible(empty, 'offline, with too long a message');

      const { page: lively } = await windows.support(demo.student, options);
      await expect(lively.locator('article').last()).toBeInViewport();
      await lively.locator('article').last().focus();
      await expectAccessible(lively, 'conversation');
    });

    test('around files', async ({ windows, student, demo }) => {
      test.slow();
      const { page, thread } = await windows.support(student.signIn, options);
      await expect(thread.page.locator('.note')).toBeVisible();
      await page.locator('input[type=file]').setInputFiles([PNG, PDF, program('setup.exe')]);
      await expect(page.locator('sc-upload-tray li.ready')).toHaveCount(2);
      await expectAccessible(page, 'files before they are sent');
      await page.locator('sc-upload-tray li.refused .remove').click();
      await page.locator('textarea').press('Enter');
      await expect(page.locator('article img')).toBeVisible();
      await expect(page.locator('article sc-file-card')).toBeVisible();
      await expectAccessible(page, 'files in messages');
      await page.locator('sc-inline-image button').click();
      await expect(page.locator('dialog[open] img')).toBeVisible();
      await expectAccessible(page, 'an image, large');

      const { page: settings } = await windows.console(demo.admin, {
        ...options,
        path: '/admin/chat/settings',
      });
      await expect(settings.locator('form')).toBeVisible();
      await settings.locator('input[type=number]').fill('0');
      await settings.locator('button[type=submit]').click();
      await expect(settings.locator('[aria-invalid=true]')).toBeVisible();
      await expectAccessible(settings, 'settings, with an error');
    });

    test('in the console', async ({ windows, admin, demo }) => {
      test.slow();
      const { page: form } = await windows.console(null, options);
      await expect(form.locator('form')).toBeVisible();
      await expectAccessible(form, 'sign in');

      const open = async (path: string, more: BrowserContextOptions = {}): Promise<Page> => {
        const { page } = await windows.console(demo.admin, { ...options, ...more, path });
        await expect(page.locator('html')).toHaveAttribute('dir', dir);
        return page;
      };
      const list = await open('/admin/chat');
      await expect(list.locator('sc-inbox-row').first()).toBeVisible();
      await expectAccessible(list, 'list');
      await list.locator('header [popovertarget=sc-unread-menu]').click();
      await expect(list.locator('sc-unread-menu li a').first()).toBeVisible();
      await expectAccessible(list, 'bell');
      await list.keyboard.press('Escape');
      await list.locator('input[type=search]').fill('nobody is called that');
      await expect(list.locator('sc-inbox-empty')).toBeVisible();
      await expectAccessible(list, 'nothing found');

      const { id } = await admin.find('Tariq Mahmoud');
      const conversation = await open(`/admin/chat/conversations/${id}`);
      await expect(conversation.locator('article').last()).toBeVisible();
      await expectAccessible(conversation, 'conversation');
      await conversation.locator('sc-conversation-header button').click();
      await expect(conversation.locator('dialog[open]')).toBeVisible();
      await expectAccessible(conversation, 'question before ending it');

      const missing = await open('/admin/chat/conversations/999999999');
      await expect(missing.locator('sc-error-state')).toBeVisible();
      await expectAccessible(missing, 'no such conversation');
      await missing.goto(new URL('/admin/chat/nowhere', missing.url()).href);
      await expect(missing.locator('sc-not-found')).toBeVisible();
      await expectAccessible(missing, 'no such page');

      const phone = await open(`/admin/chat/conversations/${id}`, PHONE);
      await expect(phone.locator('article').last()).toBeVisible();
      await expectAccessible(phone, 'conversation on a phone');
    });

    test('for an account that belongs elsewhere', async ({ windows, student }) => {
      const { page } = await windows.console(student.signIn, options);
      await expect(page.locator('sc-wrong-role')).toBeVisible();
      await expectAccessible(page, 'wrong role');
    });
  });
}

test('ux-52 ux-56 language and look change without a reload, and are remembered', async ({
  windows,
  student,
}) => {
  const support = await windows.support(student.signIn);
  const { page } = support;
  await support.thread.composer.fill('A draft that stays');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await support.openMenu();
  await support.menu.getByLabel('Theme').selectOption({ label: 'Dark' });
  await expect.poll(background).not.toBe(light);
  await support.menu.getByLabel('Language').selectOption('ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
  await expect(page.getByRole('textbox')).toHaveValue('A draft that stays');

  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect.poll(background).not.toBe(light);
});

test('ux-57 each message reads in its own direction, whatever the app’s', async ({
  windows,
  student,
}) => {
  const { thread } = await windows.support(student.signIn);
  await thread.send('مرحبا، كيف حالك؟');
  await thread.send('Fine, thank you.');
  const direction = async (text: string): Promise<string> =>
    thread
      .message(text)
      .getByText(text, { exact: true })
      .evaluate((part) => {
        const owner = part.closest('[dir]') ?? part;
        return getComputedStyle(owner).direction;
      });
  await expect.poll(async () => direction('مرحبا، كيف حالك؟')).toBe('rtl');
  await expect.poll(async () => direction('Fine, thank you.')).toBe('ltr');
});
