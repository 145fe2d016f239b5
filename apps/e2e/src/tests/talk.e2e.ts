import { expect, test } from '../fixtures';

/** What one side does, the other sees within one poll interval and its jitter. */
const WITHIN_A_POLL = { timeout: 4_000 };

test('a student and an admin talk both ways, by polling', async ({ windows, student, demo }) => {
  const support = await windows.support(student.signIn);
  const console = await windows.console(demo.admin);

  await support.thread.send('Hello, is anybody there?');
  await expect(console.row(student.name)).toBeVisible(WITHIN_A_POLL);
  await console.open(student.name);
  await expect(console.thread.message('Hello, is anybody there?')).toBeVisible();

  await console.thread.send('Yes! How can I help?');
  await expect(support.thread.message('Yes! How can I help?')).toBeVisible(WITHIN_A_POLL);
  await support.thread.send('I cannot find my grades.');
  await expect(console.thread.message('I cannot find my grades.')).toBeVisible(WITHIN_A_POLL);
});
