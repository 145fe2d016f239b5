import type { Page } from '@playwright/test';
import { API_ROUTES, type Session } from '@support-chat/contracts';
import { expect, test } from '../fixtures';
import { AT_ONCE } from '../pages/app-window';

const IDLE_MS = 10_000;
const POLLS = /\/(updates|unread-count)\/(\?|$)/;

/** The polls that a page makes from now on. */
function pollsOf(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (POLLS.test(request.url())) asked.push(request.url());
  });
  return asked;
}

test('ux-46 of two tabs one polls, and what one reads is read in the other', async ({
  windows,
  line,
  student,
  admin,
}) => {
  line.refusesUpgrades = true;
  const { id } = await student.conversation();
  for (let n = 1; n <= 30; n += 1) await student.send(id, `Line ${n}`);
  const first = await windows.support(student.signIn, { origin: line.origin });
  const context = first.page.context();
  const second = await windows.support(null, { origin: line.origin, context });
  for (const { thread } of [first, second]) {
    await expect(thread.message('Line 30')).toBeInViewport();
    await thread.wheel(-600);
  }
  const polls = [pollsOf(first.page), pollsOf(second.page)];
  // The tabs agree while the first of these is made.
  await expect.poll(() => polls.flat().length).toBeGreaterThanOrEqual(2);
  for (const asked of polls) asked.length = 0;
  // No condition to wait for: it is what does not happen in this time that counts.
  await first.page.waitForTimeout(IDLE_MS);
  const [few, many] = polls.map(({ length }) => length).sort((a, b) => a - b);
  expect(few).toBe(0);
  expect(many).toBeGreaterThanOrEqual(4);

  await admin.send(id, 'An answer');
  for (const window of [first, second]) await window.expectUnread(1);
  await first.thread.newMessages('1 new message').click();
  for (const window of [first, second]) await window.expectUnread(0);
});

test('ux-46 two tabs share one socket, and when its tab is closed the other takes over', async ({
  windows,
  line,
  student,
  admin,
}) => {
  const first = await windows.support(student.signIn, { origin: line.origin });
  await first.expectLive();
  const context = first.page.context();
  const second = await windows.support(null, { origin: line.origin, context });
  await second.expectLive();
  await expect.poll(() => line.openSockets).toBe(1);

  const { id } = await student.conversation();
  await admin.send(id, 'To both');
  for (const { thread } of [first, second]) {
    await expect(thread.message('To both')).toBeVisible(AT_ONCE);
  }
  await second.page.close();
  await expect.poll(() => line.openSockets).toBe(1);
  await admin.send(id, 'To the one that is left');
  await expect(first.thread.message('To the one that is left')).toBeVisible(AT_ONCE);
});

test('R17 signing out in one tab ends the other, and the socket', async ({
  windows,
  line,
  student,
}) => {
  const first = await windows.support(student.signIn, { origin: line.origin });
  const context = first.page.context();
  const second = await windows.support(null, { origin: line.origin, context });
  await first.expectLive();
  await second.expectLive();
  await first.signOut();
  await expect(second.page.getByRole('heading', { name: 'Sign in to continue' })).toBeVisible();
  await expect.poll(() => line.openSockets, { timeout: 5_000 }).toBe(0);
});

test('R15 access tokens that end in mid-use are not felt: three tabs, one renewal at a time', async ({
  windows,
  line,
  student,
  admin,
}) => {
  test.slow();
  const first = await windows.support(student.signIn, { origin: line.origin });
  const context = first.page.context();
  let [now, most, renewals] = [0, 0, 0];
  await context.route(`**${API_ROUTES.refresh}`, async (route) => {
    now += 1;
    most = Math.max(most, now);
    renewals += 1;
    const answer = await route.fetch();
    const session = (await answer.json()) as Session;
    now -= 1;
    await route.fulfill({ response: answer, json: { ...session, expires_in: 4 } });
  });
  await first.page.reload();
  const second = await windows.support(null, { origin: line.origin, context });
  let identified = 0;
  let sockets = 0;
  const page = await context.newPage();
  page.on('websocket', (socket) => {
    sockets += 1;
    socket.on('framesent', ({ payload }) => {
      if (payload.toString().includes('authenticate')) identified += 1;
    });
  });
  await page.goto(first.page.url());
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await expect.poll(() => identified, { timeout: 40_000 }).toBeGreaterThanOrEqual(5);

  expect(sockets).toBe(1);
  expect(most).toBe(1);
  expect(renewals).toBeGreaterThan(5);
  await admin.send((await student.conversation()).id, 'Still with you');
  for (const { thread } of [first, second]) {
    await expect(thread.message('Still with you')).toBeVisible(AT_ONCE);
  }
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
