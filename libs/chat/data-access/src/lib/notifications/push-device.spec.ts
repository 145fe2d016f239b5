import { jest } from '@jest/globals';
import { APP_BASE_HREF } from '@angular/common';
import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { ADMIN, USER, chatTestBed, cut, refuse } from '../testing/chat-test-bed';
import { FakePushBrowser } from '../testing/fake-push-browser';
import type { Viewer } from '../viewer';
import { PushDevice } from './push-device';
import { PushEnding } from './push-ending';

const CHANNELS = '/api/notifications/channels/';
const SUBSCRIPTIONS = '/api/notifications/push-subscriptions/';
const TEST = '/api/notifications/push-subscriptions/test/';
const KEY = 'BAEC';

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('PushDevice', () => {
  let browser: FakePushBrowser;

  beforeEach(() => {
    localStorage.clear();
    browser = FakePushBrowser.install();
  });

  afterEach(() => {
    browser.remove();
  });

  function start(scope = '/contact', who = USER) {
    const bed = chatTestBed(who, [{ provide: APP_BASE_HREF, useValue: scope }]);
    return { ...bed, device: TestBed.inject(PushDevice) };
  }

  /** Answers what a subscription asks the server, and tells what it was told. */
  async function subscribed(server: HttpTestingController, key: string | null = KEY) {
    await settle();
    server.expectOne(CHANNELS).flush({ push_public_key: key, email: false });
    await settle();
    const [told] = server.match(SUBSCRIPTIONS);
    told?.flush(null);
    await settle();
    return told?.request;
  }

  async function turnedOn(scope?: string, who?: Viewer) {
    const bed = start(scope, who);
    const turning = bed.device.turnOn();
    const told = await subscribed(bed.server);
    await turning;
    return { ...bed, told };
  }

  it('ux-44 asks nothing and installs nothing by itself', async () => {
    const { device, server } = start();
    await device.renew();
    expect(device.state()).toBe('off');
    expect(browser.requestPermission).not.toHaveBeenCalled();
    expect(browser.registered).toEqual([]);
    server.verify();
  });

  it('ux-44 subscribes on a press, with the server’s key, and tells the server', async () => {
    const { device, told } = await turnedOn();
    expect(browser.registered).toEqual([{ script: '/contact/push-worker.js', scope: '/contact' }]);
    expect(told?.method).toBe('PUT');
    expect(told?.body).toEqual(browser.subscription?.toJSON());
    expect([...new Uint8Array(browser.key ?? [])]).toEqual([4, 1, 2]);
    expect(device.state()).toBe('on');
  });

  it('ux-44 does not ask again who said no, and says where to change it', async () => {
    browser.answer = 'denied';
    const { device, server } = start();
    await device.turnOn();
    expect(device.state()).toBe('blocked');
    expect(browser.registered).toEqual([]);
    server.verify();
  });

  it('a later visit renews it without a question', async () => {
    await turnedOn();
    const { device, server } = start();
    const renewal = device.renew();
    expect((await subscribed(server))?.method).toBe('PUT');
    await renewal;
    expect(device.state()).toBe('on');
    expect(browser.requestPermission).toHaveBeenCalledTimes(1);
    expect(browser.subscribe).toHaveBeenCalledTimes(1);
  });

  it('subscribes anew when the server has another key, or the browser has dropped it', async () => {
    await turnedOn();
    const first = browser.subscription;
    const other = start();
    const renewal = other.device.renew();
    await subscribed(other.server, 'BAMC');
    await renewal;
    expect(browser.subscription).not.toBe(first);

    browser.subscription = null;
    const dropped = start();
    const again = dropped.device.renew();
    await subscribed(dropped.server);
    await again;
    expect(browser.subscription).not.toBeNull();
    expect(dropped.device.state()).toBe('on');
  });

  it('turns off: the server and the browser forget it', async () => {
    const { device, server } = await turnedOn();
    const endpoint = browser.subscription?.endpoint;
    const turning = device.turnOff();
    await settle();
    const told = server.expectOne({ method: 'DELETE', url: SUBSCRIPTIONS });
    expect(told.request.body).toEqual({ endpoint });
    told.flush(null);
    await turning;
    expect(device.state()).toBe('off');
    expect(browser.subscription).toBeNull();
  });

  it('ends with the session, also when the server does not hear of it', async () => {
    const { server } = await turnedOn();
    const ending = TestBed.inject(PushEnding).run();
    await settle();
    cut(server.expectOne({ method: 'DELETE', url: SUBSCRIPTIONS }));
    expect(await ending).toBe(true);
    expect(browser.subscription).toBeNull();
  });

  it('ux-44 goes on when the sign-out that ended it fails', async () => {
    const { device, server } = await turnedOn();
    const ending = TestBed.inject(PushEnding);
    const run = ending.run();
    await settle();
    server.expectOne({ method: 'DELETE', url: SUBSCRIPTIONS }).flush(null);
    await run;
    ending.undo();
    expect((await subscribed(server))?.body).toEqual(browser.subscription?.toJSON());
    expect(browser.subscription).not.toBeNull();
    expect(device.state()).toBe('on');
    expect(browser.requestPermission).toHaveBeenCalledTimes(1);
  });

  it('ux-44 goes on once the line is back that kept the sign-out from the server', async () => {
    const { device, server } = await turnedOn();
    const ending = TestBed.inject(PushEnding);
    const run = ending.run();
    await settle();
    cut(server.expectOne({ method: 'DELETE', url: SUBSCRIPTIONS }));
    await run;
    ending.undo();
    await settle();
    cut(server.expectOne(CHANNELS));
    await settle();
    expect(device.state()).toBe('off');
    dispatchEvent(new Event('online'));
    await subscribed(server);
    expect(device.state()).toBe('on');
    dispatchEvent(new Event('online'));
    await settle();
    server.verify();
  });

  it('signing out does not wait for a browser that does not answer', async () => {
    await turnedOn();
    jest.useFakeTimers();
    try {
      browser.getSubscription.mockReturnValueOnce(new Promise(() => undefined));
      const ending = TestBed.inject(PushEnding).run();
      await jest.advanceTimersByTimeAsync(5_000);
      expect(await ending).toBe(false);
    } finally {
      jest.useRealTimers();
    }
  });

  it('the next person at the device does not get the pushes of the one before', async () => {
    await turnedOn();
    const { device, server, viewer } = start();
    viewer.set(ADMIN);
    const renewal = device.renew();
    await settle();
    server.expectOne({ method: 'DELETE', url: SUBSCRIPTIONS }).flush(null);
    await renewal;
    expect(device.state()).toBe('off');
    expect(browser.subscription).toBeNull();
  });

  it('the two apps in one browser each keep the pushes of who uses them', async () => {
    await turnedOn();
    const support = browser;
    browser = FakePushBrowser.install();
    await turnedOn('/admin/chat', ADMIN);
    const console = browser;

    for (const [own, scope, who] of [
      [support, '/contact', USER],
      [console, '/admin/chat', ADMIN],
    ] as const) {
      browser = own;
      own.show();
      const { device, server } = start(scope, who);
      const renewal = device.renew();
      expect((await subscribed(server))?.method).toBe('PUT');
      await renewal;
      expect(device.state()).toBe('on');
      expect(own.subscription).not.toBeNull();
    }
  });

  it('ends what was asked for by somebody who is gone by then', async () => {
    const { device, server, viewer } = start();
    const turning = device.turnOn();
    await settle();
    viewer.set(ADMIN);
    await subscribed(server);
    server.expectOne({ method: 'DELETE', url: SUBSCRIPTIONS }).flush(null);
    await turning;
    expect(device.state()).toBe('off');
    expect(browser.subscription).toBeNull();

    await device.renew();
    expect(device.state()).toBe('off');
    server.verify();
  });

  it('ux-51 says when the browser’s push service refuses, and stays off', async () => {
    browser.subscribe.mockRejectedValueOnce(new DOMException('push service error', 'AbortError'));
    const { device, server } = start();
    const turning = device.turnOn();
    await subscribed(server);
    await turning;
    expect(device.state()).toBe('off');
    expect(device.failure()).toBe('browser');
  });

  it('ux-51 says when the server cannot be told, and stays off', async () => {
    const { device, server } = start();
    const turning = device.turnOn();
    await settle();
    cut(server.expectOne(CHANNELS));
    await turning;
    expect(device.state()).toBe('off');
    expect(device.failure()).toMatchObject({ code: 'unreachable' });
  });

  it('ux-44 does without where browser or server cannot', async () => {
    const offered = start();
    const turning = offered.device.turnOn();
    await subscribed(offered.server, null);
    await turning;
    expect(offered.device.state()).toBe('unavailable');

    browser.remove();
    const { device } = start();
    await device.renew();
    expect(device.state()).toBe('unsupported');
  });

  it('ux-44 a test asks the server for a push to this device', async () => {
    const { device, server } = await turnedOn();
    const testing = device.test();
    await settle();
    const asked = server.expectOne({ method: 'POST', url: TEST });
    expect(asked.request.body).toEqual({ endpoint: browser.subscription?.endpoint });
    asked.flush(null);
    expect(await testing).toBe('taken');
    expect(device.state()).toBe('on');
  });

  it('ux-44 a device that is known no more is off, and turning it on makes a new one', async () => {
    const { device, server } = await turnedOn();
    const first = browser.subscription?.endpoint;
    const testing = device.test();
    await settle();
    refuse(server.expectOne(TEST), 404, 'not_found');
    expect(await testing).toBe('gone');
    expect(device.state()).toBe('off');
    expect(browser.subscription).toBeNull();

    const turning = device.turnOn();
    const told = await subscribed(server);
    await turning;
    expect(told?.body).not.toMatchObject({ endpoint: first });
    expect(device.state()).toBe('on');
  });

  it('ux-44 a test finds out that the browser has dropped its subscription', async () => {
    const { device, server } = await turnedOn();
    browser.subscription = null;
    expect(await device.test()).toBe('gone');
    expect(device.state()).toBe('off');
    server.verify();
  });

  it('ux-51 a test that fails says why, and leaves the device on', async () => {
    const { device, server } = await turnedOn();
    const failing = device.test();
    await settle();
    refuse(server.expectOne(TEST), 503, 'unavailable');
    expect(await failing).toMatchObject({ code: 'unavailable', status: 503 });
    const missing = device.test();
    await settle();
    server.expectOne(TEST).flush('a page of some proxy', { status: 404, statusText: 'Not Found' });
    expect(await missing).toMatchObject({ code: 'not_found', status: 404 });
    browser.getSubscription.mockRejectedValueOnce(new DOMException('no storage', 'AbortError'));
    expect(await device.test()).toBe('browser');
    expect(device.state()).toBe('on');
    expect(browser.subscription).not.toBeNull();
  });

  it('one press is enough: a second one meanwhile does nothing', async () => {
    const { device, server } = start();
    const turning = device.turnOn();
    await device.turnOn();
    await subscribed(server);
    await turning;
    expect(browser.requestPermission).toHaveBeenCalledTimes(1);
  });
});
