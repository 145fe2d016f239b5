import { jest } from '@jest/globals';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { NotificationPreferences } from '@support-chat/contracts';
import { Receipts } from '../receipts';
import { Tabs } from '../tabs/tabs';
import { USER, chatTestBed, cut } from '../testing/chat-test-bed';
import { UnreadStore } from '../unread.store';
import { AlertSound } from './alert-sound';
import { NewsAlerts } from './news-alerts';
import { NotificationPreferencesStore } from './notification-preferences.store';

const UNREAD = '/api/chat/unread/';
const PREFERENCES = { sound: true, quiet_hours: null, time_zone: 'UTC' };

describe('NewsAlerts', () => {
  const play = jest.fn(() => Promise.resolve());

  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-11-22T12:00:00Z') });
    play.mockClear();
  });

  afterEach(() => {
    TestBed.resetTestingModule();
    jest.useRealTimers();
  });

  function start(preferences: Partial<NotificationPreferences> = {}) {
    const unread = { count: signal(2), isKnown: signal(true) };
    const isReady = signal(true);
    const isMine = signal(true);
    const seen = new Set<number>();
    const current = signal({ ...PREFERENCES, ...preferences });
    const turn = () => ({ isMine, leave: () => undefined });
    const { server } = chatTestBed(USER, [
      { provide: UnreadStore, useValue: unread },
      { provide: AlertSound, useValue: { isReady, play } },
      { provide: Tabs, useValue: { turn } },
      { provide: Receipts, useValue: { hasSeen: (id: number) => seen.has(id) } },
      { provide: NotificationPreferencesStore, useValue: { current } },
    ]);
    TestBed.inject(NewsAlerts);
    TestBed.tick();

    const waiting = async (count: number) => {
      unread.count.set(count);
      TestBed.tick();
      await jest.advanceTimersByTimeAsync(500);
    };
    const answer = async (...ids: number[]) => {
      const results = ids.map((id) => ({ message: { id } }));
      server.expectOne(UNREAD).flush({ unread_count: ids.length, results });
      await jest.advanceTimersByTimeAsync(0);
    };
    return { server, unread, isReady, isMine, seen, waiting, answer };
  }

  it('ux-42 sounds when one more message waits, once for each', async () => {
    const { waiting, answer } = start();
    await waiting(3);
    await answer(30);
    expect(play).toHaveBeenCalledTimes(1);

    await jest.advanceTimersByTimeAsync(3_000);
    await waiting(4);
    await answer(31, 30);
    expect(play).toHaveBeenCalledTimes(2);
  });

  it('is silent about what waits when the page is opened, and when something was read', async () => {
    const { server, unread, waiting } = start();
    unread.isKnown.set(false);
    await waiting(5);
    unread.isKnown.set(true);
    await waiting(5);
    await waiting(1);
    server.expectNone(UNREAD);
    expect(play).not.toHaveBeenCalled();
  });

  it('ux-42 is silent about a message that is being read here', async () => {
    const { seen, waiting, answer } = start();
    seen.add(30);
    await waiting(3);
    await answer(30);
    expect(play).not.toHaveBeenCalled();
  });

  it('ux-46 leaves it to the tab whose turn it is', async () => {
    const { server, isMine, waiting } = start();
    isMine.set(false);
    await waiting(3);
    server.expectNone(UNREAD);
  });

  it('asks for nothing as long as it could not be heard', async () => {
    const { server, isReady, waiting } = start();
    isReady.set(false);
    TestBed.tick();
    await waiting(3);
    server.expectNone(UNREAD);
  });

  it('ux-42 is silent when it is switched off, and in quiet hours', async () => {
    const off = start({ sound: false });
    await off.waiting(3);
    await off.answer(30);
    const quiet = start({ quiet_hours: { start: '11:00', end: '13:00' } });
    await quiet.waiting(3);
    await quiet.answer(30);
    expect(play).not.toHaveBeenCalled();
  });

  it('sounds at most every three seconds, however much comes', async () => {
    const { waiting, answer } = start();
    await waiting(3);
    await answer(30);
    await waiting(4);
    await waiting(5);
    expect(play).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(3_000);
    await answer(32, 31, 30);
    expect(play).toHaveBeenCalledTimes(2);
  });

  it('goes on after a question that failed', async () => {
    const { server, waiting, answer } = start();
    await waiting(3);
    cut(server.expectOne(UNREAD));
    await jest.advanceTimersByTimeAsync(3_000);
    await waiting(4);
    await answer(31);
    expect(play).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['refuses to play', () => Promise.reject(new DOMException('closed', 'InvalidStateError'))],
    ['never begins to play', () => new Promise<void>(() => undefined)],
  ])('goes on after a sound that the browser %s', async (_, failing) => {
    play.mockImplementationOnce(failing);
    const { waiting, answer } = start();
    await waiting(3);
    await answer(30);
    expect(play).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(3_000);
    await waiting(4);
    await answer(31);
    expect(play).toHaveBeenCalledTimes(2);
  });
});
