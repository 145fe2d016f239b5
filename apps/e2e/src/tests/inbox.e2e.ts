import { expect, test } from '../fixtures';
import { ConsoleWindow } from '../pages/console-window';
import { ChatClient } from '../system/chat-client';

test('ux-3 a row tells who, what, when and how much is unread', async ({
  windows,
  student,
  admin,
  demo,
}) => {
  const { id } = await student.conversation();
  await student.send(id, 'My question is long enough to be cut off at the end of the line.');
  const console = await windows.console(demo.admin);
  const row = console.row(student.name);
  await expect(row).toContainText('My question is long enough');
  await expect(row).toContainText('1 unread message');
  await expect(row.getByText('now')).toHaveAttribute('datetime', /^\d{4}-\d\d-\d\dT/);

  await admin.send(id, 'An answer');
  await expect(row).toContainText('You:An answer');
});

test('ux-4 a row under the pointer stays where it is until one asks for the news', async ({
  windows,
  system,
  student,
  demo,
}) => {
  const { id } = await student.conversation();
  await student.send(id, 'I was first');
  const console = await windows.console(demo.admin);
  await expect(console.rows.first()).toContainText(student.name);
  await console.rows.nth(1).hover();
  const second = (await console.rows.nth(1).getAttribute('href')) ?? '';

  const newcomer = await ChatClient.register(system.origin, `New ${crypto.randomUUID()}`);
  await newcomer.send((await newcomer.conversation()).id, 'Me too');
  const pill = console.page.getByRole('button', { name: /^\d+ updates?$/ });
  await expect(pill).toBeVisible();
  await expect(console.rows.first()).toContainText(student.name);
  await expect(console.rows.nth(1)).toHaveAttribute('href', second);

  await pill.click();
  await expect(console.rows.first()).toContainText(newcomer.name);
});

test('ux-5 the search finds by a part of the name or the address, and is in the URL', async ({
  windows,
  demo,
}) => {
  const console = await windows.console(demo.admin);
  await console.search.fill('volk');
  await expect(console.rows).toHaveCount(1);
  await expect(console.row('Dmitri Volkov')).toBeVisible();
  await expect(console.page).toHaveURL(/search=volk/);

  await console.search.fill('الخطيب');
  await expect(console.rows).toHaveCount(1);
  await expect(console.row('عمر الخطيب')).toBeVisible();
  await console.search.fill('chen.jingyi@demo');
  await expect(console.row('陈静怡')).toBeVisible();

  await console.search.fill('nobody is called that');
  await expect(console.page.getByText('Nothing found for “nobody is called that”')).toBeVisible();
  await console.page.getByRole('button', { name: 'Show all conversations' }).click();
  await expect(console.search).toHaveValue('');
  await expect.poll(async () => console.rows.count()).toBeGreaterThan(10);
});

test('ux-6 filters show what waits, what goes on and what has ended', async ({
  windows,
  student,
  demo,
}) => {
  await student.send((await student.conversation()).id, 'I am waiting');
  const console = await windows.console(demo.admin);
  const { page } = console;
  const choose = async (name: string): Promise<void> => page.getByRole('radio', { name }).check();
  await choose('Ended');
  await expect(console.row(student.name)).toBeHidden();
  await expect(console.rows.first()).toContainText('Ended');
  await choose('Unread');
  await expect(console.row(student.name)).toBeVisible();
  for (const row of await console.rows.all()) await expect(row).toContainText('unread');
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Unread' })).toBeChecked();

  await choose('All');
  await console.search.fill('Patel');
  await expect(console.rows).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'Also without messages' }).check();
  await console.open('Arjun Patel');
  await expect(
    page.getByText('Arjun Patel has opened the chat, but has not written.'),
  ).toBeVisible();
});

test('ux-11 each conversation has an address: links, back and forward, new tabs and reloads keep the place', async ({
  windows,
  system,
  student,
  classmate,
  demo,
}) => {
  const addresses = new Map<string, string>();
  for (const person of [student, classmate]) {
    const { id } = await person.conversation();
    await person.send(id, 'Where am I?');
    addresses.set(person.name, ConsoleWindow.path(id));
  }
  const console = await windows.console(demo.admin, { path: addresses.get(student.name) });
  const { page } = console;
  const heading = (name: string) => page.getByRole('heading', { name, exact: true });
  await expect(heading(student.name)).toBeVisible();
  await expect(console.row(student.name)).toHaveAttribute('aria-current', 'page');

  await console.open(classmate.name);
  await expect(page).toHaveURL(system.origin + (addresses.get(classmate.name) ?? ''));
  await page.goBack();
  await expect(heading(student.name)).toBeVisible();
  await page.goForward();
  await expect(heading(classmate.name)).toBeVisible();
  await page.reload();
  await expect(heading(classmate.name)).toBeVisible();

  const opened = page.context().waitForEvent('page');
  await console.row(student.name).click({ modifiers: ['ControlOrMeta'] });
  const tab = await opened;
  await expect(tab).toHaveURL(system.origin + (addresses.get(student.name) ?? ''));
  await expect(tab.getByRole('heading', { name: student.name, exact: true })).toBeVisible();
});

test('ux-11 an address that leads to no conversation says so', async ({ windows, demo }) => {
  for (const id of ['999999999', 'not-a-number', '0']) {
    const { page } = await windows.console(demo.admin, {
      path: `/admin/chat/conversations/${id}`,
    });
    await expect(page.getByText('There is no such conversation')).toBeVisible();
  }
});

test('ux-12 the list brings the next page before its end is reached, each row once', async ({
  windows,
  demo,
}) => {
  const console = await windows.console(demo.admin);
  await expect(console.rows.first()).toBeVisible();
  const oldest = console.row('Ingrid Solberg');
  while (!(await oldest.isVisible())) {
    const seen = await console.rows.count();
    await console.rows.last().scrollIntoViewIfNeeded();
    await expect
      .poll(async () => (await oldest.isVisible()) || (await console.rows.count()) > seen)
      .toBe(true);
  }
  await expect.poll(async () => console.rows.count()).toBeGreaterThan(35);
  const links = await console.rows.evaluateAll((rows) =>
    rows.map((row) => row.getAttribute('href')),
  );
  expect(new Set(links).size).toBe(links.length);
});

test('an ended conversation says so on both sides, and a message opens it again', async ({
  windows,
  student,
  demo,
}) => {
  const support = await windows.support(student.signIn);
  await support.thread.send('Thank you, all is well');
  const console = await windows.console(demo.admin);
  await console.open(student.name);
  const { page } = console;
  await page.getByRole('button', { name: 'End conversation' }).click();
  const dialog = page.getByRole('dialog', { name: 'End this conversation?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await console.endConversation();
  await expect(console.row(student.name)).toContainText('Ended');

  const notice = 'This conversation has ended. A new message opens it again.';
  await expect(support.page.getByText(notice)).toBeVisible();
  await support.thread.send('One more question');
  await expect(support.page.getByText(notice)).toBeHidden();
  await expect(console.row(student.name)).not.toContainText('Ended');
  await expect(console.thread.message('One more question')).toBeVisible();
});

test('an answer that ends a conversation is found by its student, with all that was written before', async ({
  windows,
  student,
  demo,
}) => {
  const { id } = await student.conversation();
  await student.send(id, 'Where are my grades?');
  const console = await windows.console(demo.admin);
  await console.open(student.name);
  await console.thread.send('On the board. All the best!');
  await console.endConversation();
  await expect(console.row(student.name)).toContainText('Ended');

  const support = await windows.support(student.signIn);
  await expect(support.thread.message('Where are my grades?')).toBeVisible();
  await expect(support.thread.message('On the board. All the best!')).toBeInViewport();
  await support.expectUnread(0);
  await expect(console.thread.message('On the board. All the best!')).toContainText('Seen');
  await support.thread.send('Found them, thank you');
  await expect(console.thread.message('Found them, thank you')).toBeVisible();
  await expect(console.row(student.name)).not.toContainText('Ended');
});
