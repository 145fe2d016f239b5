import { expect, test } from '../fixtures';
import { settled } from '../pages/layout';
import type { ChatClient } from '../system/chat-client';

const SEND = /\/conversations\/\d+\/messages\/$/;
const UPDATES = /\/conversations\/\d+\/updates\//;

async function expectStored(student: ChatClient, count: number): Promise<void> {
  const { id } = await student.conversation();
  await expect.poll(async () => student.messages(id)).toHaveLength(count);
}

test('ux-19 a message is shown at once, and says how far it has come', async ({
  windows,
  student,
  admin,
}) => {
  const { page, thread } = await windows.support(student.signIn);
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(SEND, async (route) => {
    await held;
    await route.continue();
  });
  await thread.send('On its way');
  const message = thread.message('On its way');
  await expect(message).toContainText('Sending…');
  await expect(thread.composer).toHaveValue('');

  release();
  await expect(message).toContainText('Sent');
  await admin.markRead((await student.conversation()).id);
  await expect(message).toContainText('Seen');
});

test('ux-19 R04 an answer that gets lost leaves one message, not two', async ({
  windows,
  line,
  student,
}) => {
  // A socket or a poll would bring the stored message before it is tried again.
  line.refusesUpgrades = true;
  const { page, thread } = await windows.support(student.signIn, { origin: line.origin });
  const ids = new Set<unknown>();
  let lost = 0;
  await page.route(SEND, async (route) => {
    ids.add((route.request().postDataJSON() as { client_message_id: string }).client_message_id);
    const answer = await route.fetch();
    if (lost < 2) {
      lost += 1;
      await route.abort();
    } else {
      await route.fulfill({ response: answer });
    }
  });
  await page.route(UPDATES, async (route) =>
    lost < 2 ? route.fulfill({ status: 204 }) : route.continue(),
  );
  await thread.send('Stored once');
  await expect(thread.message('Stored once')).toContainText('Sent', { timeout: 20_000 });
  expect(lost).toBe(2);
  expect(ids.size).toBe(1);
  await expect(thread.message('Stored once')).toHaveCount(1);
  await expectStored(student, 1);
});

test('ux-19 R01 a server killed in the middle of sending: the text is kept and stored once', async ({
  windows,
  system,
  student,
}) => {
  test.slow();
  const { thread } = await windows.support(student.signIn);
  await thread.send('While all is well');
  await expect(thread.message('While all is well')).toContainText('Sent');
  await system.kill();
  await thread.send('While the server is down');
  await expect(thread.message('While the server is down')).toContainText('Sending…');

  await system.start();
  await expect(thread.message('While the server is down')).toContainText('Sent', {
    timeout: 60_000,
  });
  const { id } = await student.conversation();
  const contents = (await student.messages(id)).map(({ content }) => content);
  expect(contents).toEqual(['While all is well', 'While the server is down']);
});

test('ux-19 ux-51 a refused message keeps its text, to be tried again, copied or deleted', async ({
  windows,
  student,
}) => {
  const { page, thread } = await windows.support(student.signIn);
  await page.route(SEND, async (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      json: { code: 'internal_error', status: 500, title: 'Internal error', instance: 'abc-123' },
    }),
  );
  await thread.send('Please keep me');
  await thread.send('Please drop me');
  const [kept, dropped] = [thread.message('Please keep me'), thread.message('Please drop me')];
  for (const message of [kept, dropped]) {
    await expect(message).toContainText('Not sent');
    await expect(message).toContainText('Something went wrong on our side. Please try again.');
  }
  await page.reload();
  await expect(kept).toContainText('Not sent');

  await page.unroute(SEND);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await kept.getByRole('button', { name: 'Copy' }).click();
  const copied = async () => page.evaluate(async () => navigator.clipboard.readText());
  await expect.poll(copied).toBe('Please keep me');
  await dropped.getByRole('button', { name: 'Delete' }).click();
  await expect(dropped).toBeHidden();
  await kept.getByRole('button', { name: 'Try again' }).click();
  await expect(kept).toContainText('Sent');
  await expect(kept).toHaveCount(1);
  await expectStored(student, 1);
});

test('ux-31 Enter sends, Shift+Enter breaks the line, and the field grows to eight lines', async ({
  windows,
  student,
}) => {
  const { page, thread } = await windows.support(student.signIn);
  const height = async (): Promise<number> => (await thread.composer.boundingBox())?.height ?? 0;
  await thread.composer.pressSequentially('First line');
  const one = await height();
  await thread.composer.press('Shift+Enter');
  await thread.composer.pressSequentially('second line');
  await expect.poll(height).toBeGreaterThan(one);
  await page.keyboard.press('Enter');
  await expect(thread.composer).toHaveValue('');
  await expect(thread.message('First line\nsecond line')).toBeVisible();

  const lines = (n: number): string => Array.from({ length: n }, (_, i) => `Line ${i}`).join('\n');
  await thread.composer.fill(lines(8));
  const eight = await settled(height);
  await thread.composer.fill(lines(30));
  const most = await settled(height);
  expect(most - eight).toBeLessThan(one);
});

test('ux-31 an input method may use Enter while it composes', async ({ windows, student }) => {
  const { page, thread } = await windows.support(student.signIn);
  await thread.composer.focus();
  const browser = await page.context().newCDPSession(page);
  await browser.send('Input.imeSetComposition', {
    text: 'にほんご',
    selectionStart: 4,
    selectionEnd: 4,
  });
  // The Enter that takes the suggestion: the input method keeps it from the field.
  await browser.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Enter',
    code: 'Enter',
    windowsVirtualKeyCode: 229,
  });
  await expect(thread.messages).toHaveCount(0);
  await browser.send('Input.insertText', { text: '日本語' });
  await expect(thread.composer).toHaveValue('日本語');
  await thread.composer.press('Enter');
  await expect(thread.message('日本語')).toBeVisible();
});

test('ux-32 a draft survives a reload, and stays in its conversation', async ({
  windows,
  student,
  classmate,
  demo,
}) => {
  const { id } = await student.conversation();
  await student.send(id, 'A question');
  const { id: otherId } = await classmate.conversation();
  await classmate.send(otherId, 'Another question');
  const console = await windows.console(demo.admin, { path: `/admin/chat/conversations/${id}` });
  const { composer } = console.thread;
  await composer.fill('Only for this student');

  await console.open(classmate.name);
  await expect(console.thread.message('Another question')).toBeVisible();
  await expect(composer).toHaveValue('');
  await composer.fill('Only for the classmate');
  await console.open(student.name);
  await expect(composer).toHaveValue('Only for this student');
  await console.page.reload();
  await expect(composer).toHaveValue('Only for this student');
  await console.open(classmate.name);
  await expect(composer).toHaveValue('Only for the classmate');
  await expectStored(student, 1);
});

test('ux-39 the limit is told near it, and nothing longer is sent', async ({
  windows,
  student,
}) => {
  const { page, thread } = await windows.support(student.signIn);
  await thread.composer.fill('x'.repeat(3_700));
  await expect(page.getByText('characters left')).toBeHidden();
  // Each of these counts once, although it takes two units of UTF-16.
  await thread.composer.fill('👍'.repeat(3_990));
  await expect(page.getByText('10 characters left')).toBeVisible();
  await thread.composer.fill('👍'.repeat(4_002));
  await expect(thread.composer).toHaveAccessibleDescription(/^2 characters too many\./);
  await thread.composer.press('Enter');
  await expect(thread.messages).toHaveCount(0);
  await thread.composer.fill('👍'.repeat(4_000));
  await thread.composer.press('Enter');
  await expect(thread.messages).toContainText('Sent');
});

test('ux-47 offline is said with the time of the last news; what was written is sent on return', async ({
  windows,
  student,
  admin,
}) => {
  const { page, thread } = await windows.support(student.signIn);
  await thread.send('Before');
  const { id } = await student.conversation();
  await page.context().setOffline(true);
  const banner = page.getByRole('status').filter({ hasText: 'You are offline.' });
  await expect(banner).toContainText('Messages you write are sent when you are back.');
  await expect(banner).toContainText(/Last updated \d\d:\d\d\./);
  await thread.send('Written offline');
  await expect(thread.message('Written offline')).toContainText('Sending…');
  await admin.send(id, 'Sent meanwhile');

  await page.context().setOffline(false);
  await expect(thread.message('Written offline')).toContainText('Sent');
  await expect(thread.message('Sent meanwhile')).toBeVisible();
  await expect(banner).toBeHidden();
  await expectStored(student, 3);
});

test('ux-51 a conversation that cannot be loaded says so in words, with a request id and a way on', async ({
  windows,
  system,
  student,
}) => {
  const { id } = await student.conversation();
  await student.send(id, 'It is still here');
  const { page, thread } = await windows.support(null);
  const route = /\/api\/chat\/conversation\/\?/;
  await page.route(route, async (call) =>
    call.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      json: { code: 'internal_error', status: 500, title: 'Internal error', instance: 'req-0815' },
    }),
  );
  await page.getByLabel('E-mail').fill(student.signIn.email);
  await page.getByLabel('Password', { exact: true }).fill(student.signIn.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'could not be loaded' });
  await expect(alert).toContainText('Something went wrong on our side. Please try again.');
  await expect(alert).toContainText('req-0815');
  await expect(alert).not.toContainText(/internal_error|500/);

  await page.unroute(route);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(thread.message('It is still here')).toBeVisible();

  await page.goto(`${system.origin}/contact/nowhere`);
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
});
