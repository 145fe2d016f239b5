import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import type { TabChannel } from '@support-chat/contracts';
import { APP_NAME } from './app-name';
import { SessionChannel, type SessionNews } from './session-channel';

describe('SessionChannel', () => {
  const { BroadcastChannel } = globalThis;

  /** A session's channel in a browser that opens channels in this way. */
  function start(open: (name: string) => object): SessionChannel {
    Object.assign(globalThis, { BroadcastChannel: jest.fn(open) });
    TestBed.configureTestingModule({ providers: [{ provide: APP_NAME, useValue: 'support' }] });
    return TestBed.inject(SessionChannel);
  }

  afterEach(() => {
    Object.assign(globalThis, { BroadcastChannel });
  });

  it('ux-46 tells the other tabs of this app, and hears them', () => {
    const parts = { postMessage: jest.fn(), close: jest.fn() };
    const line: TabChannel<SessionNews> = { ...parts, onmessage: null };
    const open = jest.fn(() => line);
    const channel = start(open);
    const heard = jest.fn();
    channel.news$.subscribe(heard);
    channel.tell('signed-in');
    line.onmessage?.({ data: 'signed-out' });
    expect(open).toHaveBeenCalledWith('sc.session.support');
    expect(parts.postMessage).toHaveBeenCalledWith('signed-in');
    expect(heard.mock.calls).toEqual([['signed-out']]);
  });

  it('ux-46 lets a tab be alone where the browser refuses channels', () => {
    const channel = start(() => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    });
    const heard = jest.fn();
    channel.news$.subscribe(heard);
    expect(() => {
      channel.tell('signed-in');
    }).not.toThrow();
    expect(heard).not.toHaveBeenCalled();
  });
});
