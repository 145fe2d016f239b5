import { jest } from '@jest/globals';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { LIMITS, type Message } from '@support-chat/contracts';
import { Subject } from 'rxjs';
import { Receipts } from '../receipts';
import { ADMIN, chatTestBed, cut } from '../testing/chat-test-bed';
import { UnreadStore } from '../unread.store';
import { PushWorker } from './push-worker';
import { ShownPushes } from './shown-pushes';

const UNREAD = '/api/chat/unread/';

/** Longer than it waits between two questions. */
const settle = (): Promise<void> => jest.advanceTimersByTimeAsync(1_000);

describe('ShownPushes', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    TestBed.resetTestingModule();
    jest.useRealTimers();
  });

  async function start(...pushes: [conversation: number, seq: number][]) {
    const shown = new Set<string>();
    const notifications: { data: object | null; close: () => void }[] = [];
    const push = (conversation_id: number, seq: number) => {
      const name = `${conversation_id}/${seq}`;
      shown.add(name);
      const close = () => shown.delete(name);
      notifications.push({ data: { conversation_id, seq }, close });
    };
    for (const [conversationId, seq] of pushes) push(conversationId, seq);
    const lastSeen = signal<Partial<Message> | null>(null);
    const refreshes$ = new Subject<void>();
    const unread = { count: signal(0), isKnown: signal(false), refreshes$ };
    const { server } = chatTestBed(ADMIN, [
      { provide: UnreadStore, useValue: unread },
      { provide: Receipts, useValue: { lastSeen } },
      { provide: PushWorker, useValue: { shown: () => Promise.resolve(notifications) } },
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
    return { server, shown, notifications, push, refreshes$, know, see, answer };
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
    const { server, shown, refreshes$, know, answer } = await start([7, 3], [8, 5]);
    refreshes$.next();
    await settle();
    server.expectNone(UNREAD);
    await know(0);
    await answer();
    expect(shown.size).toBe(0);
  });

  it('ux-44 closes what was read elsewhere while something else waits', async () => {
    const { shown, know, answer } = await start([7, 3], [8, 5]);
    await know(4);
    await answer(8, 9);
    expect([...shown]).toEqual(['8/5']);
  });

  it('ux-44 closes what was read while as many wait as before', async () => {
    const { shown, refreshes$, know, answer } = await start([7, 3], [8, 5]);
    await know(2);
    await answer(7, 8);
    refreshes$.next();
    await settle();
    await answer(8);
    expect([...shown]).toEqual(['8/5']);
  });

  it('ux-44 leaves a push that came after the question', async () => {
    const { shown, push, know, answer } = await start([7, 3]);
    await know(1);
    push(8, 5);
    await answer(7);
    expect([...shown]).toEqual(['7/3', '8/5']);
  });

  it('leaves alone a notification that tells of no conversation, and still closes the others', async () => {
    const { shown, notifications, know, answer } = await start([7, 3]);
    const close = jest.fn();
    notifications.unshift({ data: null, close });
    await know(0);
    await answer();
    expect([close.mock.calls, shown.size]).toEqual([[], 0]);
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
