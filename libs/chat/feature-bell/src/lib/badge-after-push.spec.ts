import { jest } from '@jest/globals';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { PushWorker, type ToldByWorker, UnreadStore } from '@support-chat/chat-data-access';
import { Subject } from 'rxjs';
import { BadgeAfterPush } from './badge-after-push';
import { TabBadge } from './tab-badge';

describe('BadgeAfterPush', () => {
  const told$ = new Subject<ToldByWorker>();
  const setAppBadge = jest.fn(() => Promise.resolve());
  const clearAppBadge = jest.fn(() => Promise.resolve());
  const isKnown = signal(true);
  const refresh = jest.fn();

  beforeEach(() => {
    jest.useFakeTimers();
    isKnown.set(true);
    Object.assign(navigator, { setAppBadge, clearAppBadge });
    TestBed.configureTestingModule({
      providers: [
        { provide: PushWorker, useValue: { told$ } },
        { provide: UnreadStore, useValue: { isKnown, refresh } },
      ],
    });
    TestBed.inject(BadgeAfterPush);
  });

  afterEach(() => {
    jest.useRealTimers();
    Reflect.deleteProperty(navigator, 'setAppBadge');
    Reflect.deleteProperty(navigator, 'clearAppBadge');
  });

  /** As the worker tells it. */
  function tell(type: string): void {
    setAppBadge.mockClear();
    clearAppBadge.mockClear();
    refresh.mockClear();
    told$.next({ type } as ToldByWorker);
    // An old number would hide what has just come.
    expect([setAppBadge.mock.calls, clearAppBadge.mock.calls]).toEqual([[], []]);
    jest.advanceTimersByTime(3_000);
  }

  it('ux-43 shows its number again after a push has marked the app', () => {
    TestBed.inject(TabBadge).show('Support', 3, '3');
    tell('BADGED');
    expect(setAppBadge.mock.calls).toEqual([[3]]);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('ux-43 leaves the mark where the number is not known', () => {
    isKnown.set(false);
    tell('BADGED');
    expect(clearAppBadge).not.toHaveBeenCalled();
  });

  it('ux-43 takes the mark away where nothing waits any more', () => {
    TestBed.inject(TabBadge).show('Support', 0, '0');
    tell('BADGED');
    expect([setAppBadge.mock.calls, clearAppBadge.mock.calls]).toEqual([[], [[]]]);
  });

  it('leaves the app alone at anything else that the worker tells', () => {
    TestBed.inject(TabBadge).show('Support', 3, '3');
    tell('PUSH');
    expect([setAppBadge.mock.calls, refresh.mock.calls]).toEqual([[], []]);
  });
});
