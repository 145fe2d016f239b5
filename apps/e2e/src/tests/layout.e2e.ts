import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import { expectNoOverflow } from '../pages/layout';

const PHONE = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true };
/** What is left of 1280 x 1024 at a zoom of 400 %. */
const ZOOMED = { viewport: { width: 320, height: 256 } };

const CONTROLS = 'a[href], button, input, select, textarea, [role=button]';

/** Controls in sight are at least so many pixels either way; links in running text may be smaller. */
async function expectLargeControls(page: Page, least: number): Promise<void> {
  await expect.poll(async () => smallControls(page, least)).toEqual([]);
}

async function smallControls(page: Page, least: number): Promise<string[]> {
  return page.locator(CONTROLS).evaluateAll((controls, smallest) => {
    const isShown = (control: Element): boolean =>
      control.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const hitArea = (control: Element): DOMRect =>
      (control.closest('label') ?? control).getBoundingClientRect();
    return controls
      .filter((control) => isShown(control) && !control.closest('article p, article [dir]'))
      .map((control) => ({ control, area: hitArea(control) }))
      .filter(({ area }) => area.width > 1 && Math.min(area.width, area.height) < smallest)
      .map(({ control, area }) => {
        const name = control.getAttribute('aria-label') ?? control.textContent.trim();
        return `${control.localName} "${name}": ${area.width} x ${area.height}`;
      });
  }, least);
}

test('ux-54 a phone shows one pane at a time, with the composer in reach', async ({
  windows,
  student,
  demo,
}) => {
  const { id } = await student.conversation();
  for (let n = 1; n <= 20; n += 1) await student.send(id, `Line ${n}`);

  const support = await windows.support(student.signIn, PHONE);
  await expect(support.thread.message('Line 20')).toBeInViewport();
  await expect(support.thread.composer).toBeInViewport({ ratio: 1 });
  await expect(support.thread.sendButton).toBeInViewport({ ratio: 1 });
  await expectNoOverflow(support.page);

  const console = await windows.console(demo.admin, PHONE);
  await expect(console.row(student.name)).toBeVisible();
  await expect(console.thread.composer).toBeHidden();
  await console.row(student.name).tap();
  await expect(console.thread.message('Line 1')).toBeInViewport();
  await expect(console.list).toBeHidden();
  await expect(console.thread.composer).toBeInViewport({ ratio: 1 });
  await expectNoOverflow(console.page);
  await console.page.getByRole('link', { name: 'Back to the list' }).tap();
  await expect(console.row(student.name)).toBeVisible();
  await expect(console.thread.log).toBeHidden();
});

test('ux-54 fields are large enough that a phone does not zoom in, and Enter breaks the line', async ({
  windows,
  student,
}) => {
  const { page, thread } = await windows.support(student.signIn, PHONE);
  const size = await thread.composer.evaluate((field) => getComputedStyle(field).fontSize);
  expect(parseFloat(size)).toBeGreaterThanOrEqual(16);
  await thread.composer.tap();
  await page.keyboard.type('One');
  await page.keyboard.press('Enter');
  await page.keyboard.type('two');
  await expect(thread.composer).toHaveValue('One\ntwo');
  await thread.sendButton.tap();
  await expect(thread.message('One\ntwo')).toBeVisible();
  const zoom = await page.locator('meta[name=viewport]').getAttribute('content');
  expect(zoom).not.toMatch(/user-scalable=no|maximum-scale/);
});

for (const [device, options, least] of [
  ['mouse', {}, 24],
  ['touch', PHONE, 44],
] as const) {
  test(`ux-65 every control is at least ${least} px for the ${device}`, async ({
    windows,
    student,
    demo,
  }) => {
    const { id } = await student.conversation();
    await student.send(id, 'Hello');
    const nobody = await windows.support(null, options);
    await expect(nobody.page.getByLabel('E-mail')).toBeVisible();
    await expectLargeControls(nobody.page, least);

    const support = await windows.support(student.signIn, options);
    await expect(support.thread.message('Hello')).toBeVisible();
    await support.openMenu();
    await expectLargeControls(support.page, least);
    await support.page.keyboard.press('Escape');
    await support.openNotifications();
    await support.notifications.quietHours.check();
    await expect(support.notifications.dialog.getByLabel('Time zone')).toBeVisible();
    await expectLargeControls(support.page, least);

    const console = await windows.console(demo.admin, options);
    await expect(console.row(student.name)).toBeVisible();
    await expectLargeControls(console.page, least);
    await console.bell.click();
    await expect(console.unread.getByRole('link', { name: student.name })).toBeVisible();
    await expectLargeControls(console.page, least);
    await console.page.keyboard.press('Escape');
    await console.row(student.name).click();
    await expect(console.thread.message('Hello')).toBeVisible();
    await expectLargeControls(console.page, least);
  });
}

test('ux-66 at a zoom of 400 % everything is in one column and usable', async ({
  windows,
  student,
  demo,
}) => {
  const nobody = await windows.support(null, ZOOMED);
  await expect(nobody.page.getByLabel('E-mail')).toBeVisible();
  await expectNoOverflow(nobody.page);
  await nobody.signIn(student.signIn);
  await nobody.thread.send('Written at 320 pixels');
  await expectNoOverflow(nobody.page);
  await nobody.openNotifications();
  await nobody.notifications.quietHours.check();
  const zone = nobody.notifications.dialog.getByLabel('Time zone');
  await zone.scrollIntoViewIfNeeded();
  await expect(zone).toBeInViewport({ ratio: 1 });
  await nobody.notifications.close();

  const console = await windows.console(demo.admin, ZOOMED);
  await expect(console.rows.first()).toBeVisible();
  await expectNoOverflow(console.page);
  await console.row(student.name).click();
  await expect(console.thread.message('Written at 320 pixels')).toBeVisible();
  await console.thread.send('Answered at 320 pixels');
  await expectNoOverflow(console.page);
});

test('ux-66 nothing moves for people who asked for less motion', async ({ windows, student }) => {
  const { page, thread } = await windows.support(student.signIn, { reducedMotion: 'reduce' });
  await thread.send('Quietly');
  await expect(thread.message('Quietly')).toContainText('Sent');
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .filter((animation) => Number(animation.effect?.getComputedTiming().duration) > 10)
      .map((animation) => animation.constructor.name),
  );
  expect(moving).toEqual([]);
  const behaviour = await thread.log.evaluate((log) => getComputedStyle(log).scrollBehavior);
  expect(behaviour).toBe('auto');
});
