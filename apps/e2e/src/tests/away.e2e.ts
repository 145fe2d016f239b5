import { APP_ROUTES } from '@support-chat/contracts';
import { MailServer, PushService } from '@support-chat/test-servers';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from '../fixtures';
import { BrowserPushes } from '../system/browser-pushes';
import { ChatClient } from '../system/chat-client';
import { RunningSystem } from '../system/running-system';
import { Windows } from '../windows';

/** Who is online gets no mail: until a minute after the last call, and after the server's start. */
const MAIL_WITHIN_MS = 150_000;

/** The address that mails name must be known before the system runs. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}

test('ux-44 ux-45 whoever closed the page is told by push and by mail, and both lead to the answer', async ({
  browser,
}) => {
  test.setTimeout(MAIL_WITHIN_MS + 90_000);
  const [pushes, mails, port] = await Promise.all([
    PushService.start(),
    MailServer.start(),
    freePort(),
  ]);
  const system = await RunningSystem.create({
    PORT: port,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    PUSH_HOSTS: pushes.origin,
    PUSH_DELAY_SECONDS: '1',
    SMTP_URL: mails.url,
    MAIL_FROM: 'School <support@school.test>',
    MAIL_DELAY_MINUTES: '0',
  });
  const windows = new Windows(browser, system);
  const student = await ChatClient.register(system.origin, 'Ulla');
  const { id } = await student.conversation();
  await student.send(id, 'Where are my grades?');
  const admin = await ChatClient.login(system.origin, system.demoSignIns?.admin ?? student.signIn);

  const support = await windows.support(null);
  const device = pushes.device();
  const worker = await BrowserPushes.in(support.page.context(), device.subscription);
  await support.page.reload();
  await support.signIn(student.signIn);
  await support.openNotifications();
  await support.notifications.turnOn.click();
  await expect(support.notifications.turnOff).toBeVisible();
  await support.page.close();

  await admin.send(id, 'They come on Friday.');
  await expect.poll(() => pushes.receivedBy(device).length, { timeout: 30_000 }).toBe(1);
  const [push] = pushes.receivedBy(device);
  expect(JSON.stringify(push?.payload)).not.toContain('Friday');
  const { url } = push?.payload.notification.data.onActionClick.default ?? {};
  await expect
    .poll(() => mails.to(student.signIn.email).length, { timeout: MAIL_WITHIN_MS })
    .toBe(1);
  const [mail] = mails.to(student.signIn.email);
  expect(mail?.text).not.toContain('Friday');
  const links = mail?.text?.match(/http:\S+/g) ?? [];
  const back = links.find((link) => link.includes(APP_ROUTES.support));

  // The same browser again: the push is shown there, and its link and the mail's lead to the answer.
  const context = support.page.context();
  const returned = await windows.support(null, { context, path: url ?? '' });
  await expect(returned.thread.message('They come on Friday.')).toBeInViewport();
  await worker.deliver(returned.page, push?.payload ?? {});
  await expect
    .poll(() =>
      returned.page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        return (await registration.getNotifications()).map(({ tag }) => tag);
      }),
    )
    .toEqual([push?.payload.notification.tag]);
  await returned.page.goto(back ?? '');
  await expect(returned.thread.message('They come on Friday.')).toBeInViewport();

  expect(pushes.faults).toEqual([]);
  await windows.close();
  await system.close();
  await Promise.all([pushes.close(), mails.close()]);
});
