import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { USER, chatTestBed, cut } from './testing/chat-test-bed';
import { UnreadStore } from './unread.store';

const COUNT = '/api/chat/unread-count/';

describe('UnreadStore', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
  });

  afterEach(() => {
    TestBed.resetTestingModule();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  async function start(who = chatTestBed()) {
    const store = TestBed.inject(UnreadStore);
    TestBed.tick();
    await jest.advanceTimersByTimeAsync(0);
    return { ...who, store };
  }

  it('ux-13 asks with the tag of the last answer and keeps the number on 304', async () => {
    const { server, store } = await start();
    const first = server.expectOne(COUNT);
    expect(first.request.headers.has('If-None-Match')).toBe(false);
    first.flush({ unread_count: 3 }, { headers: { ETag: '"a"' } });
    expect(store.count()).toBe(3);

    await jest.advanceTimersByTimeAsync(3_000);
    const second = server.expectOne(COUNT);
    expect(second.request.headers.get('If-None-Match')).toBe('"a"');
    second.flush(null, { status: 304, statusText: 'Not Modified' });
    expect(store.count()).toBe(3);

    await jest.advanceTimersByTimeAsync(3_000);
    const third = server.expectOne(COUNT);
    expect(third.request.headers.get('If-None-Match')).toBe('"a"');
    third.flush({ unread_count: 0 }, { headers: { ETag: '"b"' } });
    expect(store.count()).toBe(0);
  });

  it('asks at once when something was read', async () => {
    const { server, store } = await start();
    server.expectOne(COUNT).flush({ unread_count: 3 });
    store.refresh();
    server.expectOne(COUNT);
  });

  it('keeps the last known number while the server is away', async () => {
    const { server, store } = await start();
    server.expectOne(COUNT).flush({ unread_count: 3 });
    store.refresh();
    cut(server.expectOne(COUNT));
    expect(store.count()).toBe(3);
  });

  it('starts anew with the next person, and asks nothing for nobody', async () => {
    const { server, store, viewer } = await start();
    server.expectOne(COUNT).flush({ unread_count: 3 }, { headers: { ETag: '"a"' } });
    viewer.set(null);
    TestBed.tick();
    expect(store.count()).toBe(0);
    await jest.advanceTimersByTimeAsync(120_000);
    server.expectNone(COUNT);

    viewer.set({ ...USER, id: 5 });
    TestBed.tick();
    expect(server.expectOne(COUNT).request.headers.has('If-None-Match')).toBe(false);
  });
});
