import { jest } from '@jest/globals';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { LIMITS, type Message } from '@support-chat/contracts';
import { Receipts } from '../receipts';
import { ADMIN, chatTestBed, cut } from '../testing/chat-test-bed';
import { UnreadStore } from '../unread.store';
import { PushWorker } from './push-worker';
import { ShownPushes } from './shown-pushes';

const UNREAD = '/api/chat/unread/';

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('ShownPushes', () => {
  async function start(...pushes: [conversation: number, seq: number][]) {
    const shown = new Set<string>();
    const notifications = pushes.map(([conversation_id, seq]) => {
      const tag = `${conversation_id}/${seq}`;
      shown.add(tag);
      return { data: { conversation_id, seq }, close: () => shown.delete(tag) };
    });
    const getNotifications = jest.fn(() => Promise.resolve(notifications));
    const find = () => Promise.resolve({ getNotifications });
    const lastSeen = signal<Partial<Message> | null>(null);
    const unread = { count: signal(0), isKnown: signal(false) };
    const { server } = chatTestBed(ADMIN, [
      { provide: UnreadStore, useValue: unread },
      { provide: Receipts, useValue: { lastSeen } },
      { provide: PushWorker, useValue: { find } },
    ]);
    TestBed.inject(ShownPushes);
    const know = async (count: number) => {
      unread.isKnown.set(true);
      unread.count.set(count);
      TestBed.tick();
      await settle();
    };
    const see = async (conversation_id: number, seq: number) => {
      lastSeen.set({ conversation_id, seq });
      TestBed.tick();
      await settle();
    };
    const answer = async (...ids: number[]) => {
      const results = ids.map((id) => ({ conversation: { id } }));
      server.expectOne(UNREAD).flush({ unread_count: ids.length, results });
      await settle();
    };
    TestBed.tick();
    await settle();
    return { server, shown, know, see, answer };
  }

  it('ux-44 closes a push once its conversation was seen here as far as it tells', async () => {
    const { shown, see } = await start([7, 3], [8, 5]);
    await see(8, 4);
    expect([...shown]).toEqual(['7/3', '8/5']);
    await see(7, 4);
    expect([...shown]).toEqual(['8/5']);
    await see(8, 5);
    expect([...shown]).toEqual([]);
  });

  it('ux-44 closes all of them when nothing waits any more, and none before that is known', async () => {
    const { shown, know } = await start([7, 3], [8, 5]);
    expect(shown.size).toBe(2);
    await know(0);
    expect(shown.size).toBe(0);
  });

  it('ux-44 closes what was read elsewhere while something else waits', async () => {
    const { shown, know, answer } = await start([7, 3], [8, 5]);
    await know(4);
    await answer(8, 9);
    expect([...shown]).toEqual(['8/5']);
  });

  it('leaves what it cannot know of: too much waits, or there is no answer', async () => {
    const { server, shown, know, answer } = await start([700, 3]);
    await know(40);
    await answer(...Array.from({ length: LIMITS.unreadLatestMax }, (_, index) => index + 1));
    await know(41);
    cut(server.expectOne(UNREAD));
    await settle();
    expect([...shown]).toEqual(['700/3']);
  });

  it('asks for nothing where no push is shown', async () => {
    const { server, know } = await start();
    await know(4);
    server.expectNone(UNREAD);
  });
});
