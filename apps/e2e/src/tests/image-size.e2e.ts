import type { Page } from '@playwright/test';
import { type Attachment, LIMITS } from '@support-chat/contracts';
import { expect, test } from '../fixtures';
import type { ChatClient } from '../system/chat-client';
import type { TestFile } from '../system/files';

/** Lies on its side, as cameras write it: to be turned a quarter to the right. */
const EXIF_TURNED = Buffer.from(
  'ffe100224578696600004d4d002a00000008000101120003000000010006000000000000',
  'hex',
);

/** As a camera makes it: 3,000 x 2,000 pixels with much detail, to be seen upright. */
async function photograph(page: Page, quality: number): Promise<TestFile> {
  const base64 = await page.evaluate(async (share) => {
    const canvas = new OffscreenCanvas(3000, 2000);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    const image = context.createImageData(canvas.width, canvas.height);
    for (let index = 0; index < image.data.length; index += 4) {
      const shade = (index / 12_000) % 256;
      image.data.set([shade, 255 - shade, Math.random() * 96, 255], index);
    }
    context.putImageData(image, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: share });
    let binary = '';
    for (const byte of new Uint8Array(await blob.arrayBuffer()))
      binary += String.fromCharCode(byte);
    return btoa(binary);
  }, quality);
  const jpeg = Buffer.from(base64, 'base64');
  const buffer = Buffer.concat([jpeg.subarray(0, 2), EXIF_TURNED, jpeg.subarray(2)]);
  return { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer };
}

/** Of the `nth` message, as the server has it: the page shows messages before. */
async function attachmentOf(student: ChatClient, nth: number): Promise<Attachment> {
  const { id } = await student.conversation();
  const find = async () => (await student.messages(id)).at(nth - 1)?.attachment ?? null;
  await expect.poll(find).not.toBeNull();
  const attachment = await find();
  if (!attachment) throw new Error('The message carries nothing.');
  return attachment;
}

test('ux-33 a large photograph goes as it is, or smaller where the person likes, who is remembered', async ({
  windows,
  student,
}) => {
  const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
  const { page, thread } = await windows.support(student.signIn, phone);
  await expect(thread.composer).toBeVisible();
  const photo = await photograph(page, 0.95);
  expect(photo.buffer.length).toBeGreaterThan(1024 * 1024);
  const choice = page.getByRole('checkbox', { name: 'Send images smaller' });

  await thread.attach(photo);
  await expect(choice).not.toBeChecked();
  await expect(thread.upload(photo.name)).toContainText(/^(?!.*%).* MB/s);
  await thread.sendButton.click();
  await expect(choice).toBeHidden();
  const whole = await attachmentOf(student, 1);
  expect(whole).toMatchObject({ width: 2000, height: 3000 });

  await thread.attach(photo);
  const target = await page.locator('label', { has: choice }).boundingBox();
  expect(target?.height).toBeGreaterThanOrEqual(44);
  await choice.tap();
  await expect(thread.upload(photo.name)).toContainText(/kB instead of .* MB/);
  await page.reload();
  await thread.attach(photo);
  await expect(choice).toBeChecked();
  await expect(thread.upload(photo.name)).toContainText(/kB instead of .* MB/);
  await thread.sendButton.click();
  const smaller = await attachmentOf(student, 2);
  expect(smaller).toMatchObject({ width: 1365, height: 2048 });
  expect(smaller.size).toBeLessThan(whole.size / 2);
});

test('ux-33 a photograph above the limit is made smaller by itself, and that is said', async ({
  windows,
  student,
}) => {
  const { page, thread } = await windows.support(student.signIn);
  await expect(thread.composer).toBeVisible();
  const photo = await photograph(page, 0.8);
  // Behind its end an image may have anything.
  const buffer = Buffer.concat([photo.buffer, Buffer.alloc(LIMITS.attachmentBytesMax)]);
  await thread.attach({ ...photo, buffer });
  await expect(thread.upload(photo.name)).toContainText(/Shrunk to fit: \d+ kB/);
  await expect(page.getByRole('checkbox', { name: 'Send images smaller' })).toBeHidden();
  await thread.sendButton.click();
  const sent = await attachmentOf(student, 1);
  expect(sent).toMatchObject({ width: 1365, height: 2048 });
});
