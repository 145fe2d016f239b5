import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { USER, chatTestBed, cut } from '../testing/chat-test-bed';
import { UnreadStore } from '../unread.store';
import { LatestUnreadStore } from './latest-unread.store';

const UNREAD = '/api/chat/unread/';

describe('LatestUnreadStore', () => {
  const entry = { conversation: { id: 7 }, message: { id: 70 } };

  function start() {
    const count = signal(1);
    const providers = [LatestUnreadStore, { provide: UnreadStore, useValue: { count } }];
    const { server } = chatTestBed(USER, providers);
    const store = TestBed.inject(LatestUnreadStore);
    TestBed.tick();
    return { count, server, store };
  }

  it('ux-13 asks when it is first shown, and again when the count changes', () => {
    const { count, server, store } = start();
    expect(store.entries()).toBeNull();
    server.expectOne(UNREAD).flush({ unread_count: 1, results: [entry] });
    expect(store.entries()).toEqual([entry]);

    count.set(0);
    TestBed.tick();
    server.expectOne(UNREAD).flush({ unread_count: 0, results: [] });
    expect(store.entries()).toEqual([]);
  });

  it('ux-51 keeps what it has when it cannot ask, and says so', () => {
    const { server, store } = start();
    server.expectOne(UNREAD).flush({ unread_count: 1, results: [entry] });
    store.reload();
    cut(server.expectOne(UNREAD));
    expect(store.entries()).toEqual([entry]);
    expect(store.failure()?.code).toBe('unreachable');

    store.reload();
    server.expectOne(UNREAD).flush({ unread_count: 0, results: [] });
    expect(store.failure()).toBeNull();
  });
});
