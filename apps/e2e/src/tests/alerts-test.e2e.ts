import { APP_ROUTES, TEST_PUSH_TAG } from '@support-chat/contracts';
import { PushService } from '@support-chat/test-servers';
import { expect, test } from '../fixtures';
import { BrowserPushes } from '../system/browser-pushes';
import { ChatClient } from '../system/chat-client';
import { Windows } from '../windows';

const PHONE = { width: 360, height: 640 };

test('ux-44 "test my alerts" sends a real push, and says when it arrives or why it cannot', async ({
  browser,
  startSystem,
}) => {
  const pushes = await PushService.start();
  const system = await startSystem({ PUSH_HOSTS: pushes.origin });
  const windows = new Windows(browser, system);
  const student = await ChatClient.register(system.origin, 'Ulla');
  const support = await windows.support(null, { viewport: PHONE });
  const { page, notifications } = support;
  const device = pushes.device();
  const worker = await BrowserPushes.in(page.context(), device.subscription);
  await page.reload();
  await support.signIn(student.signIn);
  await support.openNotifications();
  await notifications.turnOn.click();
  await expect(notifications.turnOff).toBeVisible();

  await notifications.test.click();
  await expect(notifications.dialog).toContainText('The push service has taken it');
  const [push] = pushes.receivedBy(device);
  expect(push?.payload.notification).toMatchObject({
    title: 'A test',
    tag: TEST_PUSH_TAG,
    data: { onActionClick: { default: { url: APP_ROUTES.support } } },
  });

  await worker.deliver(page, push?.payload ?? {});
  const words = notifications.dialog.getByText('It has arrived on this device');
  await expect(words).toBeInViewport({ ratio: 1 });
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      return (await registration.getNotifications()).map(({ title }) => title);
    });
  await expect.poll(shown).toEqual(['A test']);

  device.behaviour = 500;
  await notifications.test.click();
  await expect(notifications.dialog).toContainText(
    'The push could not be handed to the push service',
  );
  device.behaviour = 410;
  await notifications.test.click();
  await expect(notifications.dialog).toContainText('Turn pushes on again');
  await expect(notifications.turnOn).toBeVisible();

  expect(pushes.faults).toEqual([]);
  await windows.close();
  await pushes.close();
});
