import { expect, test } from '../fixtures';
import { ConsoleWindow } from '../pages/console-window';

const TEXTS = ['First', 'Second', 'Third'];

test('ux-47 R04 what is written offline survives a closed tab, and goes out in order, once each', async ({
  windows,
  student,
}) => {
  const { page, thread } = await windows.support(student.signIn);
  const context = page.context();
  await expect(thread.composer).toBeVisible();
  await context.setOffline(true);
  for (const text of TEXTS) await thread.send(text);
  await page.close();

  await context.setOffline(false);
  const later = await windows.support(null, { context });
  for (const text of TEXTS) await expect(later.thread.message(text)).toContainText('Sent');
  const { id } = await student.conversation();
  expect((await student.messages(id)).map(({ content }) => content)).toEqual(TEXTS);
});

test('ux-47 an answer that was left unsent goes out whatever the console shows', async ({
  windows,
  student,
  demo,
}) => {
  const { id } = await student.conversation();
  await student.send(id, 'Is anybody there?');
  const path = ConsoleWindow.path(id);
  const { page, thread } = await windows.console(demo.admin, { path });
  const context = page.context();
  await expect(thread.message('Is anybody there?')).toBeVisible();
  await context.setOffline(true);
  await thread.send('Yes, we are');
  await page.close();

  await context.setOffline(false);
  const later = await windows.console(null, { context });
  await expect(later.rows.first()).toBeVisible();
  await expect
    .poll(async () => (await student.messages(id)).map(({ content }) => content))
    .toEqual(['Is anybody there?', 'Yes, we are']);
});
