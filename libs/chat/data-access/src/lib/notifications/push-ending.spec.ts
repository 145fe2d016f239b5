import { APP_BASE_HREF } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import { USER, chatTestBed, cut } from '../testing/chat-test-bed';
import { FakePushBrowser } from '../testing/fake-push-browser';
import { PushEnding } from './push-ending';
import { PushWorker } from './push-worker';

const SUBSCRIPTIONS = '/api/notifications/push-subscriptions/';
const OPTIONS = { userVisibleOnly: true, applicationServerKey: new Uint8Array([1]) };

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('PushEnding', () => {
  let browser: FakePushBrowser;

  beforeEach(() => {
    browser = FakePushBrowser.install();
  });

  afterEach(() => {
    browser.remove();
  });

  async function start() {
    const { server } = chatTestBed(USER, [{ provide: APP_BASE_HREF, useValue: '/contact' }]);
    const registration = await TestBed.inject(PushWorker).install();
    browser.shown.add('Message from Amir').add('Message from Sara');
    return { server, registration, ending: TestBed.inject(PushEnding) };
  }

  it('ux-44 takes the pushes of who leaves off the screen, also once they are turned off', async () => {
    const { server, ending } = await start();
    expect(await ending.run()).toBe(true);
    expect([...browser.shown]).toEqual([]);
    server.verify();
  });

  it('ux-44 takes them off the screen where the server does not hear of it', async () => {
    const { server, registration, ending } = await start();
    await registration.pushManager.subscribe(OPTIONS);
    const run = ending.run();
    await settle();
    cut(server.expectOne({ method: 'DELETE', url: SUBSCRIPTIONS }));
    expect(await run).toBe(true);
    expect([...browser.shown]).toEqual([]);
  });

  it('ends them also where the browser keeps no notifications', async () => {
    const { server, registration, ending } = await start();
    await registration.pushManager.subscribe(OPTIONS);
    browser.getNotifications.mockRejectedValueOnce(new DOMException('no storage', 'AbortError'));
    const run = ending.run();
    await settle();
    server.expectOne({ method: 'DELETE', url: SUBSCRIPTIONS }).flush(null);
    expect(await run).toBe(true);
    expect(browser.subscription).toBeNull();
  });
});
