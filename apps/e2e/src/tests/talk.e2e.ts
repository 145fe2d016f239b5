import { expect, test } from '../fixtures';
import type { AppWindow } from '../pages/app-window';

test('a student and an admin talk both ways', async ({ windows, student, demo }) => {
  const support = await windows.support(student.signIn);
  const console = await windows.console(demo.admin);

  await support.thread.send('Hello, is anybody there?');
  await expect(console.row(student.name)).toBeVisible();
  await console.open(student.name);
  await expect(console.thread.message('Hello, is anybody there?')).toBeVisible();

  await console.thread.send('Yes! How can I help?');
  await expect(support.thread.message('Yes! How can I help?')).toBeVisible();
  await support.thread.send('I cannot find my grades.');
  await expect(console.thread.message('I cannot find my grades.')).toBeVisible();
});

test('ux-13 ux-43 the admin’s count rises with messages and falls with reading, in list, bell and title', async ({
  windows,
  student,
  admin,
  demo,
}) => {
  const before = await admin.unreadCount();
  const console = await windows.console(demo.admin);
  await console.expectUnread(before);

  const { id } = await student.conversation();
  await student.send(id, 'First question');
  await student.send(id, 'Second question');
  await console.expectUnread(before + 2);
  await expect(console.row(student.name)).toContainText('2 unread messages');

  await console.open(student.name);
  await console.expectUnread(before);
  await expect(console.row(student.name)).not.toContainText('unread');
});

test('ux-13 ux-43 the student’s count rises while reading above, and falls on the way down', async ({
  windows,
  student,
  admin,
}) => {
  const { id } = await student.conversation();
  for (let n = 1; n <= 30; n += 1) await student.send(id, `Line ${n}`);
  const support = await windows.support(student.signIn);
  await expect(support.thread.message('Line 30')).toBeInViewport();
  await support.expectUnread(0);

  await support.thread.wheel(-600);
  await admin.send(id, 'An answer');
  await admin.send(id, 'And another one');
  await support.expectUnread(2);

  await support.thread.newMessages('2 new messages').click();
  await support.expectUnread(0);
});

test('a reload keeps everything', async ({ windows, student, admin, demo }) => {
  const { id } = await student.conversation();
  await student.send(id, 'Before the reload');
  const support = await windows.support(student.signIn);
  const console = await windows.console(demo.admin);
  await console.open(student.name);
  await console.thread.send('An answer before the reload');

  const expectAll = async ({ thread }: AppWindow): Promise<void> => {
    await expect(thread.message('Before the reload')).toBeVisible();
    await expect(thread.message('An answer before the reload')).toBeVisible();
  };
  await expectAll(support);
  for (const window of [support, console]) {
    await window.page.reload();
    await expectAll(window);
  }
  await expect.poll(async () => admin.messages(id)).toHaveLength(2);
});

test('everything is there after a stop and a start, and open windows go on by themselves', async ({
  windows,
  system,
  student,
  demo,
}) => {
  test.slow();
  const support = await windows.support(student.signIn);
  const console = await windows.console(demo.admin);
  await support.thread.send('Before the restart');
  await console.open(student.name);

  await system.stop();
  await expect(support.page.getByText('Connection lost. Reconnecting…')).toBeVisible({
    timeout: 20_000,
  });
  await system.start();

  const late = { timeout: 30_000 };
  await expect(support.page.getByText('Connection lost. Reconnecting…')).toBeHidden(late);
  await expect(console.page.getByText('Connection lost. Reconnecting…')).toBeHidden(late);
  await console.thread.send('After the restart');
  await expect(support.thread.message('After the restart')).toBeVisible();

  const fresh = await windows.support(student.signIn);
  await expect(fresh.thread.message('Before the restart')).toBeVisible();
  await expect(fresh.thread.message('After the restart')).toBeVisible();
});

test('both apps side by side in one browser keep their own sessions', async ({
  windows,
  student,
  demo,
}) => {
  const support = await windows.support(student.signIn);
  const context = support.page.context();
  const console = await windows.console(demo.admin, { context });
  await expect(console.rows.first()).toBeVisible();

  await support.page.reload();
  await support.thread.send('From the first tab');
  await console.page.reload();
  await console.open(student.name);
  await console.thread.send('From the second tab');
  await expect(support.thread.message('From the second tab')).toBeVisible();

  await console.signOut();
  await expect(console.page.getByRole('heading', { name: 'Sign in to the console' })).toBeVisible();
  await support.page.reload();
  await expect(support.thread.message('From the second tab')).toBeVisible();
});
