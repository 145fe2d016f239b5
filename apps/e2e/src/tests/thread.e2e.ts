import type { Message } from '@support-chat/contracts';
import { expect, test } from '../fixtures';
import type { Thread } from '../pages/thread';

const LONG_THREAD = 'Priya Raman';

/** The day lines that these messages need, as the viewer's zone and language write them. */
function dayLines(messages: readonly Message[], timeZone: string): string[] {
  const format = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone,
  });
  return [...new Set(messages.map(({ created_at }) => format.format(new Date(created_at))))];
}

/** The same lines as the page shows them, each with its full date. */
async function shownDays(thread: Thread, timeZone: string): Promise<string[]> {
  const times = await thread.log.getByRole('heading').locator('time').all();
  const dates = await Promise.all(times.map(async (time) => time.getAttribute('datetime')));
  return dayLines(
    dates.map((date) => ({ created_at: date ?? '' }) as Message),
    timeZone,
  );
}

for (const timezoneId of ['Europe/Berlin', 'Pacific/Auckland']) {
  test(`ux-14 ux-58 days are headings in the viewer’s zone, here ${timezoneId}`, async ({
    windows,
    admin,
    demo,
  }) => {
    const { id } = await admin.find(LONG_THREAD);
    const { thread } = await windows.console(demo.admin, {
      timezoneId,
      path: `/admin/chat/conversations/${id}`,
    });
    await expect(thread.messages.first()).toBeVisible();
    const messages = await admin.messages(id);
    await expect(async () => {
      const shown = messages.slice(-(await thread.messages.count()));
      expect(await shownDays(thread, timezoneId)).toEqual(dayLines(shown, timezoneId));
    }).toPass();
    await expect(thread.log.getByRole('heading').first()).toHaveText(/^\w+,? \d+ \w+/);
  });
}

test('ux-14 messages of today and yesterday stand under those words', async ({
  windows,
  student,
}) => {
  const { thread } = await windows.support(student.signIn);
  await thread.send('Just now');
  await expect(thread.log.getByRole('heading', { name: 'Today', exact: true })).toBeVisible();
  // The next day, for this browser alone.
  await thread.page.clock.setFixedTime(Date.now() + 24 * 60 * 60 * 1000);
  await thread.page.reload();
  await expect(thread.log.getByRole('heading', { name: 'Yesterday', exact: true })).toBeVisible();
});

for (const [locale, hours] of [
  ['en-GB', /^You, \d\d:\d\d:/],
  ['en-US', /^You, \d+:\d\d [AP]M:/],
] as const) {
  test(`ux-58 the hours are written as ${locale} does`, async ({ windows, student }) => {
    const { thread } = await windows.support(student.signIn, { locale });
    await thread.send('What time is it?');
    await expect(thread.message('What time is it?')).toHaveAccessibleName(hours);
  });
}

test('ux-15 messages of one author close together share one line with name and time', async ({
  windows,
  student,
  admin,
  demo,
}) => {
  const { id } = await student.conversation();
  for (const text of ['One', 'Two', 'Three']) await student.send(id, text);
  const { page, thread } = await windows.console(demo.admin, {
    path: `/admin/chat/conversations/${id}`,
  });
  const authorLines = thread.log.getByText(student.name, { exact: true });
  await expect(thread.message('Three')).toBeVisible();
  await expect(authorLines).toHaveCount(1);

  await admin.send(id, 'Four, by the admin');
  await student.send(id, 'Five');
  await expect(thread.message('Five')).toBeVisible();
  await expect(authorLines).toHaveCount(2);

  await thread.message('Two').focus();
  const year = new Date().toLocaleDateString('en', { year: 'numeric', timeZone: 'Europe/Berlin' });
  const exact = new RegExp(`${year}.*\\d:\\d\\d:\\d\\d`);
  await expect(thread.message('Two').getByText(exact)).toBeVisible();
  await expect(page.getByRole('log')).toHaveCount(1);
});

test('ux-16 opens at the line above the first unread message, which stays until one leaves', async ({
  windows,
  student,
  admin,
}) => {
  const { id } = await student.conversation();
  for (let n = 1; n <= 25; n += 1) await student.send(id, `Question ${n}`);
  for (let n = 1; n <= 25; n += 1) await admin.send(id, `Answer ${n}`);
  const { page, thread } = await windows.support(student.signIn);
  const divider = thread.log.getByText('New', { exact: true });
  await expect(divider).toBeInViewport();
  await expect(thread.message('Answer 1')).toBeInViewport();
  await expect(thread.message('Answer 25')).not.toBeInViewport();

  await thread.wheel(20_000);
  await expect(thread.message('Answer 25')).toBeInViewport();
  await expect.poll(async () => student.unreadCount()).toBe(0);
  await admin.send(id, 'Answer 26');
  await expect(thread.message('Answer 26')).toBeVisible();
  await expect(divider).toHaveCount(1);

  await page.reload();
  await expect(thread.message('Answer 26')).toBeInViewport();
  await expect(divider).toHaveCount(0);
});

test('ux-17 follows new messages at the end, and elsewhere says how many came', async ({
  windows,
  student,
  admin,
}) => {
  const { id } = await student.conversation();
  for (let n = 1; n <= 30; n += 1) await student.send(id, `Line ${n}`);
  const { thread } = await windows.support(student.signIn);
  await expect(thread.message('Line 30')).toBeInViewport();
  await admin.send(id, 'Followed');
  await expect(thread.message('Followed')).toBeInViewport();

  await thread.wheel(-700);
  await expect.poll(async () => thread.distanceToEnd()).toBeGreaterThan(500);
  const top = async () => thread.log.evaluate((log) => log.scrollTop);
  const before = await top();
  await admin.send(id, 'Not followed 1');
  await admin.send(id, 'Not followed 2');
  const button = thread.newMessages('2 new messages');
  await expect(button).toBeVisible();
  await expect.poll(top).toBe(before);
  await expect(thread.message('Not followed 2')).not.toBeInViewport();

  await button.click();
  await expect(thread.message('Not followed 2')).toBeInViewport();
  await expect(button).toBeHidden();
});

test('ux-18 older history comes in above without moving what is read', async ({
  windows,
  admin,
  demo,
}) => {
  test.slow();
  const { id, message_count } = await admin.find(LONG_THREAD);
  expect(message_count).toBe(2000);
  const { thread } = await windows.console(demo.admin, {
    path: `/admin/chat/conversations/${id}`,
  });
  await expect(thread.messages.first()).toBeVisible();
  const shifts: number[] = [];
  for (let page = 1; page <= 12; page += 1) shifts.push(await shiftByOlderPage(thread));
  // Browsers scroll to whole device pixels, so half a pixel is as still as it gets.
  expect(Math.max(...shifts)).toBeLessThan(1);
  await expect.poll(async () => thread.messages.count()).toBeGreaterThan(500);
});

test('ux-18 says where the conversation begins', async ({ windows, student }) => {
  const { id } = await student.conversation();
  for (let n = 1; n <= 130; n += 1) await student.send(id, `Line ${n}`);
  const { page, thread } = await windows.support(student.signIn);
  await expect(thread.message('Line 130')).toBeInViewport();
  while ((await thread.messages.count()) < 130) await shiftByOlderPage(thread);
  await thread.log.evaluate((log) => {
    log.scrollTop = 0;
  });
  await expect(page.getByText('This is the start of the conversation')).toBeInViewport();
  await expect(thread.message('Line 1')).toBeInViewport();
  const lines = await thread.messages.evaluateAll((all) => all.map((one) => one.textContent));
  expect(lines.map((line) => Number(/Line (\d+)/.exec(line)?.[1]))).toEqual(
    Array.from({ length: 130 }, (_, index) => index + 1),
  );
});

/**
 * Scrolls to the upper end and waits for the page above it.
 * @returns by how many pixels the message at the top of the view was moved
 */
async function shiftByOlderPage(thread: Thread): Promise<number> {
  return thread.log.evaluate(async (log) => {
    const count = (): number => log.querySelectorAll('article').length;
    const before = count();
    log.scrollTop = 300;
    const edge = log.getBoundingClientRect().top;
    const isVisible = (article: Element): boolean => article.getBoundingClientRect().top >= edge;
    const anchor = [...log.querySelectorAll('article')].find(isVisible);
    const top = anchor?.getBoundingClientRect().top ?? NaN;
    await new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (count() === before) return;
        observer.disconnect();
        // Two frames on, everything has been laid out and painted.
        requestAnimationFrame(() => {
          requestAnimationFrame(() => {
            resolve();
          });
        });
      });
      observer.observe(log, { childList: true, subtree: true });
    });
    return Math.abs((anchor?.getBoundingClientRect().top ?? NaN) - top);
  });
}

test('ux-18 history that cannot be loaded says so, and can be tried again', async ({
  windows,
  admin,
  demo,
}) => {
  const { id } = await admin.find(LONG_THREAD);
  const { page, thread } = await windows.console(demo.admin, {
    path: `/admin/chat/conversations/${id}`,
  });
  await expect(thread.messages.first()).toBeVisible();
  const loaded = await thread.messages.count();
  await page.route(/\/messages\/\?.*before=/, async (route) => route.abort());
  await thread.wheel(-20_000);
  await expect(page.getByText('Earlier messages could not be loaded.')).toBeVisible();
  await page.unroute(/\/messages\/\?.*before=/);
  await thread.log.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(async () => thread.messages.count()).toBeGreaterThan(loaded);
  await expect(page.getByText('Earlier messages could not be loaded.')).toBeHidden();
});
