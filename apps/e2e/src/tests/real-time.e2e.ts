import type { Locator, Page } from '@playwright/test';
import { POLL_INTERVALS } from '@support-chat/contracts';
import { expect, test } from '../fixtures';
import { AT_ONCE } from '../pages/app-window';

/** An interval and its jitter, twice for a busy machine. */
const WITHIN_A_POLL = { timeout: 8_000 };

/** As people do, who go on while they are not answered: that they type is told again every few seconds. */
async function typeUntil(field: Locator, shown: Locator): Promise<void> {
  await expect(async () => {
    await field.pressSequentially('and so ');
    await expect(shown).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
}

/** Milliseconds between the questions of a page where nothing happens, the middle one of some. */
async function usualPause(page: Page): Promise<number> {
  const asked: number[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/updates/')) asked.push(Date.now());
  });
  await expect.poll(() => asked.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(6);
  const pauses = asked.slice(1, 6).map((at, index) => at - (asked[index] ?? at));
  return pauses.sort((a, b) => a - b).at(2) ?? NaN;
}

test('ux-48 R08 with upgrades refused by a proxy, a message is seen within the poll interval', async ({
  windows,
  line,
  student,
  demo,
}) => {
  test.setTimeout(120_000);
  line.refusesUpgrades = true;
  const support = await windows.support(student.signIn, { origin: line.origin });
  const console = await windows.console(demo.admin, { origin: line.origin });
  await support.thread.send('Can you hear me?');
  await console.open(student.name);
  await support.expectPolling();
  await console.expectPolling();

  for (let n = 1; n <= 3; n += 1) {
    await support.thread.send(`Question ${n}`);
    await expect(console.thread.message(`Question ${n}`)).toBeVisible(WITHIN_A_POLL);
    await console.thread.send(`Answer ${n}`);
    await expect(support.thread.message(`Answer ${n}`)).toBeVisible(WITHIN_A_POLL);
  }
  const pause = await usualPause(support.page);
  expect(pause).toBeLessThan(POLL_INTERVALS.focusedMs * 1.5);
  expect(line.upgrades).toBeGreaterThan(1);
  expect(line.openSockets).toBe(0);
});

test('R07 R08 a socket cut in mid-talk comes back without flicker, double or loss', async ({
  windows,
  line,
  student,
  demo,
}) => {
  test.slow();
  const support = await windows.support(student.signIn, { origin: line.origin });
  const console = await windows.console(demo.admin, { origin: line.origin });
  await support.thread.send('Before');
  await console.open(student.name);
  await support.expectLive();
  await console.expectLive();
  const flickers = await support.page.evaluateHandle(() => {
    const seen: string[] = [];
    new MutationObserver(() => {
      const text = document.querySelector('sc-connection-banner')?.textContent.trim() ?? '';
      if (text !== '') seen.push(text);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
    return seen;
  });

  const expected = ['Before'];
  for (let round = 1; round <= 4; round += 1) {
    line.refusesUpgrades = round % 2 === 1;
    line.cutSockets();
    for (const [from, text] of [
      [support, `Question ${round}`],
      [console, `Answer ${round}`],
    ] as const) {
      await from.thread.send(text);
      expected.push(text);
    }
    for (const { thread } of [support, console]) {
      await expect(thread.messages).toHaveCount(expected.length);
    }
  }
  line.refusesUpgrades = false;
  await support.expectLive({ timeout: 40_000 });
  await console.expectLive({ timeout: 40_000 });
  await console.thread.send('After');
  await expect(support.thread.message('After')).toBeVisible(AT_ONCE);
  expected.push('After');
  for (const { thread } of [support, console]) {
    await expect(thread.messages).toHaveCount(expected.length);
    for (const [index, text] of expected.entries()) {
      await expect(thread.messages.nth(index)).toContainText(text);
    }
  }
  const seen = await flickers.jsonValue();
  expect(seen).toEqual([]);
});

test('ux-20 the states of a message reach its writer as they happen', async ({
  windows,
  student,
  demo,
}) => {
  const support = await windows.support(student.signIn);
  const console = await windows.console(demo.admin);
  await support.thread.send('Are you there?');
  await support.expectLive();
  await console.open(student.name);
  await expect(support.thread.message('Are you there?')).toContainText('Seen', AT_ONCE);
});

test('ux-21 each side sees the other type, and no longer when the message is there or they stop', async ({
  windows,
  student,
  demo,
}) => {
  const support = await windows.support(student.signIn);
  const console = await windows.console(demo.admin);
  await support.thread.send('Hello');
  await console.open(student.name);
  await support.expectLive();
  await console.expectLive();
  const admin = support.page.getByText(/^Sara Lindqvist is typing…$/);
  const other = console.page.getByText(`${student.name} is typing…`, { exact: true });

  await typeUntil(console.thread.composer, admin.first());
  await console.thread.composer.fill('One moment');
  await console.thread.composer.press('Enter');
  await expect(support.thread.message('One moment')).toBeVisible(AT_ONCE);
  await expect(support.page.locator('sc-typing-line')).toHaveText('', AT_ONCE);

  await typeUntil(support.thread.composer, other.first());
  await expect(console.page.locator('sc-typing-line')).toHaveText('', { timeout: 8_000 });
});

test('each side sees whether the other is online, in words', async ({ windows, student, demo }) => {
  const support = await windows.support(student.signIn);
  const console = await windows.console(demo.admin);
  await expect(support.page.getByText('Support is online')).toBeVisible();

  await support.thread.send('Hello');
  await console.open(student.name);
  await expect(console.page.getByText('Online', { exact: true })).toBeVisible();
  // Of the demo, and never here; others may stand before her by now.
  await console.search.fill('Emily Tran');
  await console.open('Emily Tran');
  await expect(console.page.getByText('Offline', { exact: true })).toBeVisible();
});
