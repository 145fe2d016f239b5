import { APP_ROUTES, type PushPayload } from '@support-chat/contracts';
import {
  MailServer,
  PushService,
  type ReceivedMail,
  type TestDevice,
  freePort,
} from '@support-chat/test-servers';
import type { BrowserContext } from '@playwright/test';
import { expect, test } from '../fixtures';
import { AppWindow } from '../pages/app-window';
import { ConsoleWindow } from '../pages/console-window';
import { BrowserPushes } from '../system/browser-pushes';
import { ChatClient } from '../system/chat-client';
import type { SignIn } from '../system/running-system';
import { Windows } from '../windows';

/** Who is online gets no mail: until a minute after the last call, and after the server's start. */
const MAIL_WITHIN_MS = 150_000;
/** Not the demo's administrator, who gets no mail. */
const ADMIN: SignIn = { email: 'head@school.test', password: 'a long enough password' };

function linksIn({ text = '' }: ReceivedMail): string[] {
  return text.match(/http:\S+/g) ?? [];
}

/** The browser of somebody who turned pushes on there and closed the page. */
interface LeftBrowser {
  context: BrowserContext;
  pushes: BrowserPushes;
  device: TestDevice;
  signIn: SignIn;
}

async function leave(window: AppWindow, signIn: SignIn, device: TestDevice): Promise<LeftBrowser> {
  const { page, notifications } = window;
  const context = page.context();
  const pushes = await BrowserPushes.in(context, device.subscription);
  await page.reload();
  await window.signIn(signIn);
  await window.openNotifications();
  await notifications.turnOn.click();
  await expect(notifications.turnOff).toBeVisible();
  await page.close();
  return { context, pushes, device, signIn };
}

/** The push comes while no page is open and is pressed: the address that the worker then opens. */
async function press(
  { context, pushes }: LeftBrowser,
  app: string,
  push: PushPayload,
): Promise<string> {
  const page = await context.newPage();
  await pushes.deliver(page, push, app);
  await page.close();
  await expect.poll(() => pushes.shown()).toEqual([push.notification.tag]);
  expect(context.pages()).toEqual([]);
  await pushes.press();
  await expect.poll(() => pushes.opened()).not.toBeNull();
  await expect.poll(() => pushes.shown()).toEqual([]);
  return (await pushes.opened()) ?? '';
}

test('ux-44 ux-45 whoever closed the page is told by push and by mail, and both lead to the message', async ({
  browser,
  startSystem,
}) => {
  test.setTimeout(MAIL_WITHIN_MS + 120_000);
  const [service, mails, port] = await Promise.all([
    PushService.start(),
    MailServer.start(),
    freePort(),
  ]);
  const system = await startSystem({
    // The address that mails name must be known before the system runs.
    PORT: String(port),
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    PUSH_HOSTS: service.origin,
    PUSH_DELAY_SECONDS: '1',
    SMTP_URL: mails.url,
    MAIL_FROM: 'School <support@school.test>',
    MAIL_DELAY_MINUTES: '0',
  });
  const { origin } = system;
  const windows = new Windows(browser, system);
  const student = await ChatClient.register(origin, 'Ulla');
  const { id } = await student.conversation();
  const admin = await ChatClient.login(origin, ADMIN);
  const support = await leave(await windows.support(null), student.signIn, service.device());
  const console = await leave(await windows.console(null), admin.signIn, service.device());
  await student.send(id, 'Where are my grades?');
  await admin.send(id, 'They come on Friday.');

  for (const { left, app, path, text } of [
    {
      left: support,
      app: APP_ROUTES.support,
      path: APP_ROUTES.support,
      text: 'They come on Friday.',
    },
    {
      left: console,
      app: APP_ROUTES.admin,
      path: ConsoleWindow.path(id),
      text: 'Where are my grades?',
    },
  ]) {
    const { context, device, signIn } = left;
    // The demo's conversations wait for the admin, too.
    const told = () =>
      service
        .receivedBy(device)
        .map(({ payload }) => payload)
        .filter(({ notification }) => notification.data.conversation_id === id);
    await expect.poll(told, { timeout: 30_000 }).toHaveLength(1);
    const written = () =>
      mails.to(signIn.email).filter((mail) => linksIn(mail).includes(origin + path));
    await expect.poll(written, { timeout: MAIL_WITHIN_MS }).toHaveLength(1);
    const [push, mail] = [told().at(0), written().at(0)];
    if (!push || !mail) throw new Error('Nobody was told.');
    expect(JSON.stringify(push) + mail.source).not.toContain(text);

    const opened = await press(left, origin + app, push);
    expect(opened).toBe(origin + path);
    const returned = new AppWindow(await context.newPage());
    await returned.page.goto(opened);
    await expect(returned.thread.message(text)).toBeInViewport();
    await returned.page.goto(origin + path);
    await expect(returned.thread.message(text)).toBeInViewport();
  }

  expect(service.faults).toEqual([]);
  await windows.close();
  await Promise.all([service.close(), mails.close()]);
});
