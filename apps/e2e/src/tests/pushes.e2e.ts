import { API_ROUTES, APP_ROUTES, type PushPayload, TEST_PUSH_TAG } from '@support-chat/contracts';
import { expect, test } from '../fixtures';
import { ConsoleWindow } from '../pages/console-window';
import { BrowserPushes } from '../system/browser-pushes';

/** What the server sends to administrators about the first message of a conversation. */
function pushOf(conversationId: number): PushPayload {
  const url = ConsoleWindow.path(conversationId);
  return {
    notification: {
      title: '1 unread message',
      body: 'Open the conversation to read it.',
      tag: `conversation-${conversationId}`,
      renotify: true,
      data: {
        onActionClick: { default: { operation: 'focusLastFocusedOrOpen', url } },
        conversation_id: conversationId,
        seq: 1,
      },
    },
  };
}

test('ux-44 pushes begin with a press, are renewed by a visit and end with the session', async ({
  windows,
  student,
}) => {
  const support = await windows.support(null);
  const { page, notifications } = support;
  await BrowserPushes.in(page.context());
  const told: string[] = [];
  page.on('response', (response) => {
    if (!response.url().endsWith(API_ROUTES.pushSubscriptions)) return;
    told.push(`${response.request().method()} ${response.status()}`);
  });
  await page.reload();
  await support.signIn(student.signIn);
  await expect(support.thread.composer).toBeVisible();
  await support.openNotifications();
  await expect(notifications.push).toBeChecked();
  await expect(notifications.turnOn).toBeEnabled();
  const workers = () =>
    page.evaluate(async () => {
      const found = await navigator.serviceWorker.getRegistrations();
      return found.map(({ scope }) => new URL(scope).pathname);
    });
  await expect.poll(workers).toEqual([]);
  expect(told).toEqual([]);

  await notifications.turnOn.click();
  await expect(notifications.turnOff).toBeVisible();
  await expect.poll(workers).toEqual([APP_ROUTES.support]);
  await expect.poll(() => told).toEqual(['PUT 204']);
  await page.reload();
  await expect.poll(() => told).toEqual(['PUT 204', 'PUT 204']);

  await support.signOut();
  await expect(page.getByRole('heading', { name: 'Sign in to continue' })).toBeVisible();
  await expect.poll(() => told).toEqual(['PUT 204', 'PUT 204', 'DELETE 204']);
});

test('ux-44 a push is shown, and its press opens the conversation; pages never come from the worker', async ({
  windows,
  student,
  demo,
}) => {
  const { id } = await student.conversation();
  await student.send(id, 'Where are my grades?');
  const console = await windows.console(demo.admin);
  const { page, notifications } = console;
  const service = await BrowserPushes.in(page.context());
  await page.reload();
  await console.openNotifications();
  await notifications.turnOn.click();
  await expect(notifications.turnOff).toBeVisible();
  await notifications.close();

  const url = ConsoleWindow.path(id);
  await service.deliver(page, pushOf(id));
  await expect.poll(() => service.shown()).toEqual([`conversation-${id}`]);

  // A new load would lose what is on its way in the app.
  await page.evaluate(() => {
    document.documentElement.dataset['loaded'] = 'before';
  });
  await service.press();
  await expect(page).toHaveURL(new RegExp(`${url}$`));
  await expect(console.thread.message('Where are my grades?')).toBeInViewport();
  await expect.poll(() => service.shown()).toEqual([]);
  await expect.poll(() => service.opened()).toBeNull();
  await expect(page.locator('html')).toHaveAttribute('data-loaded', 'before');

  await page.reload();
  await expect(console.thread.message('Where are my grades?')).toBeVisible();
  const fromWorker = await page.evaluate(() => [
    ...performance
      .getEntriesByType('navigation')
      .concat(performance.getEntriesByType('resource'))
      .filter((entry) => (entry as PerformanceResourceTiming).workerStart > 0)
      .map(({ name }) => name),
  ]);
  expect(fromWorker).toEqual([]);
  const worker = async () =>
    page.evaluate(() => navigator.serviceWorker.controller?.scriptURL ?? '');
  await expect.poll(worker).toContain(`${APP_ROUTES.admin}/push-worker.js`);
  const script = await page.request.get(
    new URL(`${APP_ROUTES.admin}/push-worker.js`, page.url()).href,
  );
  expect(script.headers()).toMatchObject({
    'cache-control': 'no-cache',
    'service-worker-allowed': APP_ROUTES.admin,
  });
  const kept = await page.evaluate(async () => {
    const caches = await Promise.all(
      (await window.caches.keys()).map((name) => window.caches.open(name)),
    );
    return (await Promise.all(caches.map((cache) => cache.keys()))).flat().map(({ url: at }) => at);
  });
  expect(kept).toEqual([]);
});

test('ux-44 a push leaves the screen once its conversation is read, though others wait', async ({
  windows,
  student,
  classmate,
  demo,
}) => {
  await classmate.send((await classmate.conversation()).id, 'Wait for me');
  const { id } = await student.conversation();
  await student.send(id, 'Where are my grades?');
  const console = await windows.console(demo.admin);
  const { page, notifications } = console;
  const service = await BrowserPushes.in(page.context());
  await page.reload();
  await console.openNotifications();
  await notifications.turnOn.click();
  await expect(notifications.turnOff).toBeVisible();
  await notifications.close();
  await service.deliver(page, pushOf(id));
  await expect.poll(() => service.shown()).toEqual([`conversation-${id}`]);

  await console.open(student.name);
  await expect(console.thread.message('Where are my grades?')).toBeInViewport();
  await expect.poll(() => service.shown()).toEqual([]);
  await expect(console.bell).toHaveAccessibleName(/^\d+ unread message/);
});

test('ux-43 a push marks the icon of the app, unless the app is in sight and counts by itself', async ({
  windows,
  student,
  demo,
}) => {
  const { id } = await student.conversation();
  await student.send(id, 'Where are my grades?');
  const console = await windows.console(demo.admin);
  const { page, notifications } = console;
  const app = page.url();
  const service = await BrowserPushes.in(page.context());
  await page.reload();
  await console.openNotifications();
  await notifications.turnOn.click();
  await expect(notifications.turnOff).toBeVisible();
  await service.watchBadge();

  const line = await page.context().newPage();
  await service.deliver(line, pushOf(id), app);
  await expect.poll(() => service.shown()).toEqual([`conversation-${id}`]);
  await expect.poll(() => service.badges()).toEqual([]);

  await page.close();
  const { notification } = pushOf(id);
  const { onActionClick } = notification.data;
  const ofNothing = { ...notification, tag: TEST_PUSH_TAG, data: { onActionClick } };
  await service.deliver(line, { notification: ofNothing }, app);
  await expect.poll(() => service.shown()).toContain(TEST_PUSH_TAG);
  await expect.poll(() => service.badges()).toEqual([]);
  await service.deliver(line, pushOf(id), app);
  await expect.poll(() => service.badges()).toEqual([[]]);
});
