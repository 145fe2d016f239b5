import { jest } from '@jest/globals';
import { APP_BASE_HREF } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { NewestRequests } from '@support-chat/chat-data-access';
import { PushPresses } from './push-presses';

/** What a push tells of. */
const NEWS = { conversation_id: 7, seq: 3 };

describe('PushPresses', () => {
  const navigateByUrl = jest.fn((_: string) => Promise.resolve(true));
  const asked: number[] = [];
  let worker = new EventTarget();
  let hasFocus = true;

  beforeEach(() => {
    jest.useFakeTimers();
    navigateByUrl.mockClear();
    asked.length = 0;
    hasFocus = true;
    worker = new EventTarget();
    Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: worker });
    jest.spyOn(document, 'hasFocus').mockImplementation(() => hasFocus);
  });

  afterEach(() => {
    TestBed.resetTestingModule();
    Reflect.deleteProperty(navigator, 'serviceWorker');
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  function start(base = '/admin/chat'): void {
    TestBed.configureTestingModule({
      providers: [
        { provide: APP_BASE_HREF, useValue: base },
        { provide: Router, useValue: { navigateByUrl } },
      ],
    });
    TestBed.inject(NewestRequests).asked$.subscribe((id) => asked.push(id));
    TestBed.inject(PushPresses);
  }

  /** What Angular's worker tells of a press. */
  function press(url: string, type = 'NOTIFICATION_CLICK', about: object = NEWS): void {
    const operation = 'focusLastFocusedOrOpen';
    const data = { onActionClick: { default: { operation, url } }, ...about };
    const told = { type, data: { action: '', notification: { title: 'News', data } } };
    worker.dispatchEvent(new MessageEvent('message', { data: told }));
  }

  it('ux-44 opens the conversation in the app, at its newest message', () => {
    start();
    press('/admin/chat/conversations/7');
    expect(navigateByUrl.mock.calls).toEqual([['/conversations/7']]);
    expect(asked).toEqual([7]);
  });

  it('ux-44 opens the start of an app that has one conversation only', () => {
    start('/contact');
    press('/contact');
    expect(navigateByUrl.mock.calls).toEqual([['/']]);
  });

  it('ux-44 a test, which is of no message, opens the start of the app', () => {
    start();
    press('/admin/chat', 'NOTIFICATION_CLICK', {});
    expect(navigateByUrl.mock.calls).toEqual([['/']]);
    expect(asked).toEqual([]);
  });

  it.each(['/contact', '/admin/chatter', 'https://elsewhere.example/admin/chat/conversations/7'])(
    'leaves alone what is not of this app: %s',
    (url) => {
      start();
      press(url);
      expect(navigateByUrl).not.toHaveBeenCalled();
      expect(asked).toEqual([]);
    },
  );

  it('leaves alone what else the worker tells', () => {
    start();
    press('/admin/chat/conversations/7', 'NOTIFICATION_CLOSE');
    expect(navigateByUrl).not.toHaveBeenCalled();
  });

  it('opens nothing in the tabs that the press did not bring to the front', () => {
    hasFocus = false;
    start();
    press('/admin/chat/conversations/7');
    expect(navigateByUrl).not.toHaveBeenCalled();
    jest.advanceTimersByTime(2_000);
    window.dispatchEvent(new Event('focus'));
    expect(navigateByUrl).not.toHaveBeenCalled();
  });

  it('waits for the tab that is on its way to the front', () => {
    hasFocus = false;
    start();
    press('/admin/chat/conversations/7');
    jest.advanceTimersByTime(300);
    window.dispatchEvent(new Event('focus'));
    expect(navigateByUrl).toHaveBeenCalledTimes(1);
  });

  it('does without where the browser has no workers', () => {
    Reflect.deleteProperty(navigator, 'serviceWorker');
    expect(start).not.toThrow();
  });
});
