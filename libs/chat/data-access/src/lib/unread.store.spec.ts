import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import { CHAT_ACCESS } from './socket/chat-access';
import { ChatSocket } from './socket/chat.socket';
import { ADMIN, USER, chatTestBed, cut } from './testing/chat-test-bed';
import { FakeBroadcastChannel } from './testing/fake-broadcast-channel';
import { FakeWebSocket } from './testing/fake-web-socket';
import { ModelServer } from './testing/model-server';
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

  describe('with a socket', () => {
    const access = {
      current: () => of({ value: 'token', renewAt: Date.now() + 870_000 }),
      refused: () => undefined,
    };
    const withSocket = [{ provide: CHAT_ACCESS, useValue: access }];

    beforeEach(() => {
      FakeWebSocket.install();
      FakeBroadcastChannel.install();
    });

    it('an admin’s count is asked for when the inbox names another, and else every 30 s', async () => {
      const { server, store } = await start(chatTestBed(ADMIN, withSocket));
      FakeWebSocket.last().welcome(300);
      server.expectOne(COUNT).flush({ unread_count: 3 });
      // That may have been before the server knew of the socket, and told it what changes.
      await jest.advanceTimersByTimeAsync(2_000);
      server.expectOne(COUNT).flush({ unread_count: 3 });
      await jest.advanceTimersByTimeAsync(29_000);
      server.expectNone(COUNT);

      const conversation = new ModelServer().conversation();
      FakeWebSocket.last().say({ type: 'inbox', conversation, unread_count: 3 });
      server.expectNone(COUNT);
      FakeWebSocket.last().say({ type: 'inbox', conversation, unread_count: 4 });
      server.expectOne(COUNT).flush({ unread_count: 3 });
      // It may have been an instance that has not heard of it: asked once more.
      await jest.advanceTimersByTimeAsync(2_000);
      server.expectOne(COUNT).flush({ unread_count: 4 });
      expect(store.count()).toBe(4);
      await jest.advanceTimersByTimeAsync(25_000);
      server.expectNone(COUNT);
    });

    it('news that comes while an answer is on its way is asked for a moment later', async () => {
      const { server, store } = await start(chatTestBed(ADMIN, withSocket));
      FakeWebSocket.last().welcome(300);
      server.expectOne(COUNT).flush({ unread_count: 0 });
      await jest.advanceTimersByTimeAsync(4_000);
      const conversation = new ModelServer().conversation();
      FakeWebSocket.last().say({ type: 'inbox', conversation, unread_count: 1 });
      const asked = server.expectOne(COUNT);
      FakeWebSocket.last().say({ type: 'inbox', conversation, unread_count: 2 });
      asked.flush({ unread_count: 1 });
      await jest.advanceTimersByTimeAsync(1_000);
      server.expectOne(COUNT).flush({ unread_count: 2 });
      expect(store.count()).toBe(2);
    });

    it('asks at once when the socket is lost, and at the full pace from then on', async () => {
      const { server } = await start(chatTestBed(ADMIN, withSocket));
      FakeWebSocket.last().welcome(300);
      server.expectOne(COUNT).flush({ unread_count: 3 });
      await jest.advanceTimersByTimeAsync(2_000);
      FakeWebSocket.last().end();
      server.expectOne(COUNT).flush({ unread_count: 3 });
      await jest.advanceTimersByTimeAsync(3_000);
      server.expectOne(COUNT);
    });

    it('a student’s count follows the news of the conversation, which alone opens the socket', async () => {
      const { server } = await start(chatTestBed(USER, withSocket));
      expect(FakeWebSocket.opened).toHaveLength(0);
      server.expectOne(COUNT).flush({ unread_count: 0 });

      const listening = TestBed.inject(ChatSocket)
        .conversation(7, () => 0)
        .subscribe();
      FakeWebSocket.last().welcome(300);
      const model = new ModelServer();
      model.send('admin');
      const updates = model.updates(0);
      if (!updates) throw new Error('no news');
      FakeWebSocket.last().say({ type: 'updates', conversation_id: 7, ...updates });
      server.expectOne(COUNT).flush({ unread_count: 1 });
      listening.unsubscribe();
    });
  });
});
