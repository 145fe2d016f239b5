import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { PushWorker, type ToldByWorker } from '@support-chat/chat-data-access';
import { Subject } from 'rxjs';
import { BadgeAfterPush } from './badge-after-push';
import { TabBadge } from './tab-badge';

describe('BadgeAfterPush', () => {
  const told$ = new Subject<ToldByWorker>();
  const setAppBadge = jest.fn(() => Promise.resolve());
  const clearAppBadge = jest.fn(() => Promise.resolve());

  beforeEach(() => {
    Object.assign(navigator, { setAppBadge, clearAppBadge });
    TestBed.configureTestingModule({
      providers: [{ provide: PushWorker, useValue: { told$ } }],
    });
    TestBed.inject(BadgeAfterPush);
  });

  afterEach(() => {
    Reflect.deleteProperty(navigator, 'setAppBadge');
    Reflect.deleteProperty(navigator, 'clearAppBadge');
  });

  /** As the worker tells it. */
  function tell(type: string): void {
    setAppBadge.mockClear();
    clearAppBadge.mockClear();
    told$.next({ type } as ToldByWorker);
  }

  it('ux-43 shows its number again after a push has marked the app', () => {
    TestBed.inject(TabBadge).show('Support', 3, '3');
    tell('BADGED');
    expect(setAppBadge.mock.calls).toEqual([[3]]);
  });

  it('ux-43 takes the mark away where nothing waits any more', () => {
    TestBed.inject(TabBadge).show('Support', 0, '0');
    tell('BADGED');
    expect([setAppBadge.mock.calls, clearAppBadge.mock.calls]).toEqual([[], [[]]]);
  });

  it('leaves the app alone at anything else that the worker tells', () => {
    TestBed.inject(TabBadge).show('Support', 3, '3');
    tell('PUSH');
    expect(setAppBadge).not.toHaveBeenCalled();
  });
});
