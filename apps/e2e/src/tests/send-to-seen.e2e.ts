import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import type { AppWindow } from '../pages/app-window';

const MESSAGES_EACH_WAY = 30;
const SEEN_WITHIN_MS = 300;
/** Other tests share the machine: what the system can do shows in the best of these. */
const ROUNDS = 3;

// A trace pictures every step, and its making would be measured along.
test.use({ trace: 'off', screenshot: 'off' });

test('send to seen by socket takes under 300 ms for 95 of 100, both ways', async ({
  windows,
  student,
  demo,
}) => {
  test.slow();
  const support = await windows.support(student.signIn);
  const console = await windows.console(demo.admin);
  await support.thread.send('Hello');
  await console.open(student.name);
  await support.expectLive();
  await console.expectLive();

  let best = Infinity;
  for (let round = 1; round <= ROUNDS && best >= SEEN_WITHIN_MS; round += 1) {
    best = Math.min(best, await p95Of(round, support, console));
  }
  expect(best).toBeLessThan(SEEN_WITHIN_MS);
});

async function p95Of(round: number, one: AppWindow, other: AppWindow): Promise<number> {
  const times: number[] = [];
  for (let n = 1; n <= MESSAGES_EACH_WAY; n += 1) {
    times.push(await sendToSeen(one, other, `Question ${round}.${n}.`));
    times.push(await sendToSeen(other, one, `Answer ${round}.${n}.`));
  }
  const p95 = percentile(times, 0.95);
  process.stdout.write(
    `send to seen by socket: p50 ${percentile(times, 0.5)} ms, p95 ${p95} ms, ` +
      `most ${Math.max(...times)} ms of ${times.length}\n`,
  );
  return p95;
}

/** From the press of Enter on one side to the message on the screen of the other. */
async function sendToSeen(from: AppWindow, to: AppWindow, text: string): Promise<number> {
  await from.thread.composer.fill(text);
  const [sentAt, seenAt] = await Promise.all([
    whenPressed(from.page),
    whenShown(to.page, text),
    from.thread.composer.press('Enter', { noWaitAfter: true }),
  ]);
  return seenAt - sentAt;
}

async function whenPressed(page: Page): Promise<number> {
  return page.evaluate(
    async () =>
      new Promise<number>((resolve) => {
        const press = () => {
          resolve(Date.now());
        };
        document.addEventListener('keydown', press, { capture: true, once: true });
      }),
  );
}

/** When a text appears in the messages, by the clock both pages share. */
async function whenShown(page: Page, text: string): Promise<number> {
  return page.evaluate(
    async (wanted) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const log = document.querySelector('[role=log]');
          if (!log?.textContent.includes(wanted)) return;
          observer.disconnect();
          resolve(Date.now());
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      }),
    text,
  );
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
}
