import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures';
import { expectNoOverflow, settled } from '../pages/layout';
import { Thread } from '../pages/thread';
import { PDF, PNG, ZIP_TOO_LARGE, type TestFile, program, text } from '../system/files';

/** What the system gives a page by drag and drop, or by the clipboard. */
async function transfer(page: Page, files: TestFile[]): Promise<void> {
  await page.evaluate(
    (parts) => {
      const data = new DataTransfer();
      for (const { name, mimeType, bytes } of parts) {
        data.items.add(new File([new Uint8Array(bytes)], name, { type: mimeType }));
      }
      Object.assign(globalThis, { transferred: data });
    },
    files.map(({ name, mimeType, buffer }) => ({ name, mimeType, bytes: [...buffer] })),
  );
}

/** The same as text, as systems and programs put it beside files. */
async function accompany(page: Page, type: string, value: string): Promise<void> {
  await page.evaluate(
    (text) => {
      const data = Reflect.get(globalThis, 'transferred') as DataTransfer;
      data.items.add(text.value, text.type);
    },
    { type, value },
  );
}

async function fire(page: Page, selector: string, type: string): Promise<void> {
  await page.locator(selector).evaluate((target, name) => {
    const data = Reflect.get(globalThis, 'transferred') as DataTransfer;
    const init = { bubbles: true, cancelable: true };
    target.dispatchEvent(
      name === 'paste'
        ? new ClipboardEvent(name, { ...init, clipboardData: data })
        : new DragEvent(name, { ...init, dataTransfer: data }),
    );
  }, type);
}

async function drop(page: Page, files: TestFile[]): Promise<void> {
  await transfer(page, files);
  await fire(page, 'sc-conversation-thread', 'dragenter');
  await expect(page.getByText('Drop the files here')).toBeVisible();
  await fire(page, 'sc-conversation-thread', 'drop');
  await expect(page.getByText('Drop the files here')).toBeHidden();
}

/** The picture is there, and not only its place. */
async function expectDrawn(thread: Thread, name: string): Promise<void> {
  const picture = thread.image(name).locator('img');
  await expect
    .poll(async () => picture.evaluate((img: HTMLImageElement) => img.naturalWidth))
    .toBeGreaterThan(0);
}

test('ux-23 ux-33 three dropped files arrive on the other side, in order, with previews', async ({
  windows,
  student,
  demo,
}) => {
  await student.send((await student.conversation()).id, 'Hello');
  const console = await windows.console(demo.admin);
  await console.open(student.name);
  const support = await windows.support(student.signIn);
  const { page, thread } = support;
  await expect(page.getByText('Images, PDF, ZIP, Office, text up to 10 MB')).toBeVisible();

  const photo = { ...PNG, name: 'photo.png' };
  const sketch = { ...PNG, name: 'sketch.png' };
  await drop(page, [photo, PDF, sketch]);
  await expect(thread.uploads).toHaveCount(3);
  await thread.composer.fill('My work');
  await thread.composer.press('Enter');
  await expect(thread.uploads).toHaveCount(0);
  await expect(thread.composer).toHaveValue('');

  for (const side of [thread, console.thread]) {
    await expect(side.messages).toHaveCount(4);
    await expect(side.messages.nth(1)).toContainText('My work');
    await expectDrawn(side, photo.name);
    await expect(side.messages.nth(2).getByRole('button')).toHaveAccessibleName(
      /^Download homework\.pdf PDF · /,
    );
    await expectDrawn(side, sketch.name);
  }
  await expect(console.row(student.name)).toContainText('Image:');
  await expect(console.row(student.name)).toContainText(sketch.name);
});

test('ux-23 the room of an image is kept, so that nothing jumps when it comes', async ({
  windows,
  student,
  demo,
}) => {
  await student.send((await student.conversation()).id, 'Hello');
  const support = await windows.support(student.signIn);
  await support.thread.attach(PNG);
  await support.thread.composer.press('Enter');
  await expectDrawn(support.thread, PNG.name);

  const console = await windows.console(demo.admin);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await console.page.route('**/thumbnail/', async (route) => {
    await held;
    await route.continue();
  });
  await console.open(student.name);
  const { thread } = console;
  await expect(thread.image(PNG.name)).toBeVisible();
  const place = async () => thread.image(PNG.name).boundingBox();
  const before = await settled(place);
  release();
  await expectDrawn(thread, PNG.name);
  const after = await place();
  expect(after).toEqual(before);
});

test('ux-33 pasted files go along, with their names or without, but text that also comes as a picture is text', async ({
  windows,
  student,
}) => {
  const { page, thread } = await windows.support(student.signIn);
  await expect(page.getByText('Images, PDF, ZIP, Office, text up to 10 MB')).toBeVisible();
  await transfer(page, [PNG]);
  await fire(page, 'textarea', 'paste');
  await expect(thread.uploads).toHaveCount(1);
  await accompany(page, 'text/plain', PNG.name);
  await fire(page, 'textarea', 'paste');
  await expect(thread.uploads).toHaveCount(2);
  await accompany(page, 'text/html', '<table></table>');
  await fire(page, 'textarea', 'paste');
  await expect(thread.uploads).toHaveCount(2);
});

test('ux-33 too large and of a wrong kind is said before anything is uploaded', async ({
  windows,
  student,
}) => {
  const { page, thread } = await windows.support(student.signIn);
  await expect(page.getByText('Images, PDF, ZIP, Office, text up to 10 MB')).toBeVisible();
  const uploads: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/attachments/')) {
      uploads.push(request.url());
    }
  });
  await thread.attach(ZIP_TOO_LARGE, program('setup.exe'), text('empty.txt', ''));
  await expect(thread.upload(ZIP_TOO_LARGE.name)).toContainText('Larger than 10 MB');
  await expect(thread.upload('setup.exe')).toContainText('This kind of file is not accepted');
  await expect(thread.upload('empty.txt')).toContainText('Empty files');
  await expect(thread.sendButton).toHaveAttribute('aria-disabled', 'true');
  expect(uploads).toEqual([]);
});

test('ux-33 the server’s word on a file that lies about itself is shown at the file', async ({
  windows,
  student,
}) => {
  const { thread } = await windows.support(student.signIn);
  await thread.attach({ ...PDF, name: 'no.pdf', buffer: Buffer.from([0, 1, 2, 3, 255]) });
  await expect(thread.upload('no.pdf')).toContainText('This kind of file is not accepted');
  await thread.page.getByRole('button', { name: 'Remove no.pdf' }).click();
  await expect(thread.uploads).toHaveCount(0);
  await expect(thread.composer).toBeFocused();
});

test('ux-33 an upload shows how far it is, can be cancelled, and is tried again, by itself or when asked', async ({
  windows,
  student,
}) => {
  const { page, thread } = await windows.support(student.signIn);
  await expect(page.getByText('Images, PDF, ZIP, Office, text up to 10 MB')).toBeVisible();
  let attempts = 0;
  await page.route('**/attachments/', () => {
    attempts += 1; // And no answer.
  });
  await thread.attach(PDF);
  await expect(page.getByRole('progressbar', { name: 'Uploading homework.pdf' })).toBeVisible();
  await thread.composer.fill('Wait for me');
  await thread.composer.press('Enter');
  await expect(page.getByText('Sent as soon as the files are uploaded')).toBeVisible();
  await expect(thread.composer).toHaveValue('Wait for me');
  await page.getByRole('button', { name: 'Cancel the upload of homework.pdf' }).click();
  await expect(thread.uploads).toHaveCount(0);
  await expect(thread.composer).toHaveValue('Wait for me');

  await page.unroute('**/attachments/');
  await page.route('**/attachments/', async (route) => {
    attempts += 1;
    if (attempts === 2) await route.abort('connectionreset');
    else if (attempts === 3) await route.fulfill({ status: 500, json: { code: 'internal_error' } });
    else await route.continue();
  });
  await thread.attach(PDF);
  await expect(thread.upload(PDF.name)).toContainText('Something went wrong on our side');
  expect(attempts).toBe(3);
  await page.getByRole('button', { name: 'Upload homework.pdf again' }).click();
  await expect(thread.upload(PDF.name)).toContainText('kB');
  await thread.composer.press('Enter');
  await expect(thread.message('Wait for me')).toContainText(PDF.name);
  expect(attempts).toBe(4);
});

test('ux-23 a document is downloaded byte for byte under its own name', async ({
  windows,
  student,
  demo,
}) => {
  const support = await windows.support(student.signIn);
  await support.thread.attach(PDF);
  await support.thread.composer.fill('For you');
  await support.thread.composer.press('Enter');
  await expect(support.thread.message('For you')).toContainText(PDF.name);

  const console = await windows.console(demo.admin);
  await console.open(student.name);
  const coming = console.page.waitForEvent('download');
  await console.thread.message('For you').getByRole('button').click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe(PDF.name);
  const saved = await readFile(await download.path());
  expect(saved).toEqual(PDF.buffer);
});

test('ux-23 the lightbox works by keyboard alone: open, next, zoom, pan, close', async ({
  windows,
  student,
}) => {
  const { page, thread } = await windows.support(student.signIn);
  await thread.attach({ ...PNG, name: 'one.png' }, { ...PNG, name: 'two.png' });
  await thread.composer.press('Enter');
  await expect(thread.messages).toHaveCount(2);
  await expectDrawn(thread, 'two.png');

  await thread.messages.first().focus();
  await page.keyboard.press('Enter');
  await expect(thread.image('one.png')).toBeFocused();
  await page.keyboard.press('Enter');
  const first = page.getByRole('dialog', { name: 'Image one.png' });
  await expect(first.getByRole('img', { name: 'one.png' })).toBeVisible();
  await expect(first).toContainText('1 of 2');
  await page.keyboard.press('ArrowRight');
  const second = page.getByRole('dialog', { name: 'Image two.png' });
  await expect(second.getByRole('img', { name: 'two.png' })).toBeVisible();

  const look = async () =>
    second.getByRole('img', { name: 'two.png' }).evaluate((img) => {
      const { a, e } = new DOMMatrix(getComputedStyle(img).transform);
      return { scale: a, x: e };
    });
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect.poll(look).toEqual({ scale: 2.25, x: 0 });
  await page.keyboard.press('ArrowRight');
  await expect.poll(look).toEqual({ scale: 2.25, x: -80 });
  await page.keyboard.press('0');
  await expect.poll(look).toEqual({ scale: 1, x: 0 });
  await page.keyboard.press('Escape');
  await expect(second).toBeHidden();
  await expect(thread.image('one.png')).toBeFocused();
});

test('files that were not sent are not left behind by mistake', async ({ windows, student }) => {
  const support = await windows.support(student.signIn);
  const { page, thread } = support;
  await thread.attach(PDF);
  await expect(thread.upload(PDF.name)).toContainText('kB');
  const asked = page.waitForEvent('dialog');
  const closing = page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await closing;
  await support.signOut();
  await expect(page.getByRole('dialog', { name: 'Sign out?' })).toBeVisible();
});

test('ux-33 an admin decides which files may be sent, and an open page follows', async ({
  windows,
  student,
  demo,
}) => {
  const console = await windows.console(demo.admin);
  const { page } = console;
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page).toHaveURL(/\/admin\/chat\/settings$/);
  const save = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  };
  const largest = page.getByLabel('Largest file, in megabytes');
  await largest.fill('0');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Please write a number from 0.1 to 10.')).toBeVisible();
  await expect(largest).toBeFocused();

  const support = await windows.support(student.signIn);
  const attach = support.page.getByRole('button', { name: 'Attach files' });
  await expect(support.page.getByText('Images, PDF, ZIP, Office, text up to 10 MB')).toBeVisible();
  await largest.fill('2');
  await page.getByRole('checkbox', { name: 'PDF' }).uncheck();
  await save();
  await support.thread.attach(PDF);
  await expect(support.thread.upload(PDF.name)).toContainText('This kind of file is not accepted');
  await expect(support.page.getByText('Images, ZIP, Office, text up to 2 MB')).toBeVisible();
  await expect(attach).toBeVisible();

  await page.getByLabel('Files can be sent').uncheck();
  await save();
  await support.thread.attach(PNG);
  await expect(support.thread.upload(PNG.name)).toContainText('Files cannot be sent at the moment');
  await expect(attach).toBeHidden();

  // As it was: the other tests of this worker send files.
  await page.reload();
  await page.getByLabel('Files can be sent').check();
  await page.getByRole('checkbox', { name: 'PDF' }).check();
  await largest.fill('10');
  await save();
});

test('ux-66 files fit a window of 320 pixels, before and after they are sent', async ({
  windows,
  student,
  demo,
}) => {
  const narrow = { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true };
  const { page, thread } = await windows.support(student.signIn, narrow);
  const long = { ...PDF, name: `${'A name as long as teachers like them '.repeat(4)}.pdf` };
  await thread.attach(PNG, long);
  await expect(thread.uploads).toHaveCount(2);
  await expectNoOverflow(page);
  await expect(thread.sendButton).toBeInViewport();
  await thread.sendButton.tap();
  await expect(thread.messages).toHaveCount(2);
  await expectDrawn(thread, PNG.name);
  for (const message of await thread.messages.all()) {
    const bubble = await message.boundingBox();
    const file = await message.locator('sc-attachment-slot').boundingBox();
    if (!bubble || !file) throw new Error('It is not on the screen.');
    expect(file.x).toBeGreaterThanOrEqual(bubble.x);
    expect(file.x + file.width).toBeLessThanOrEqual(bubble.x + bubble.width);
  }
  await expectNoOverflow(page);

  const { page: settings } = await windows.console(demo.admin, {
    ...narrow,
    path: '/admin/chat/settings',
  });
  await expect(settings.getByRole('button', { name: 'Save' })).toBeVisible();
  await expectNoOverflow(settings);
});
