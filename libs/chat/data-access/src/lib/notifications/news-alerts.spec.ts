import { jest } from '@jest/globals';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { NotificationPreferences } from '@support-chat/contracts';
import { Subject } from 'rxjs';
import { Receipts } from '../receipts';
import { ChatSocket } from '../socket/chat.socket';
import type { TabNews } from '../tabs/tab-turn';
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

  function load(preferences: Partial<NotificationPreferences> = {}, count = 2) {
    const refreshes$ = new Subject<void>();
    const unread = { count: signal(count), isKnown: signal(true), refreshes$ };
    const isReady = signal(true);
    const isMine = signal(true);
    const taken$ = new Subject<boolean>();
    const heard$ = new Subject<TabNews<null>>();
    const frames$ = new Subject<object>();
    const seen = new Set<number>();
    const current = signal({ ...PREFERENCES, ...preferences });
    const tell = jest.fn();
    const state: { version: () => unknown } = { version: () => undefined };
    const turn = (_: string, now: () => TabNews<null>) => {
      state.version = () => now().version;
      return { isMine, taken$, heard$, tell, leave: () => undefined };
    };
    const { server } = chatTestBed(USER, [
      { provide: UnreadStore, useValue: unread },
      { provide: AlertSound, useValue: { isReady, play } },
      { provide: ChatSocket, useValue: { events$: frames$ } },
      { provide: Tabs, useValue: { turn } },
      { provide: Receipts, useValue: { hasSeen: (id: number) => seen.has(id) } },
      { provide: NotificationPreferencesStore, useValue: { current } },
    ]);
    TestBed.inject(NewsAlerts);
    TestBed.tick();

    const waiting = async (now: number) => {
      unread.count.set(now);
      TestBed.tick();
      await jest.advanceTimersByTimeAsync(500);
    };
    const answer = async (...ids: number[]) => {
      const results = ids.map((id) => ({ message: { id } }));
      server.expectOne(UNREAD).flush({ unread_count: ids.length, results });
      await jest.advanceTimersByTimeAsync(0);
    };
    return {
      ...{ server, unread, isReady, isMine, seen, waiting, answer },
      ...{ taken$, heard$, frames$, tell, state },
    };
  }

  /** Two messages waited when the page was opened. */
  async function start(preferences: Partial<NotificationPreferences> = {}) {
    const loaded = load(preferences);
    await loaded.waiting(2);
    await loaded.answer(11, 10);
    await jest.advanceTimersByTimeAsync(3_000);
    return loaded;
  }

  it('ux-42 sounds when one more message waits, once for each', async () => {
    const { waiting, answer } = await start();
    await waiting(3);
    await answer(30, 11, 10);
    expect(play).toHaveBeenCalledTimes(1);

    await jest.advanceTimersByTimeAsync(3_000);
    await waiting(4);
    await answer(31, 30, 11, 10);
    expect(play).toHaveBeenCalledTimes(2);
  });

  it('ux-42 sounds for the first message that waits', async () => {
    const { server, waiting, answer } = load({}, 0);
    await waiting(0);
    server.expectNone(UNREAD);
    await waiting(1);
    await answer(30);
    expect(play).toHaveBeenCalledTimes(1);
  });

  it('is silent about what waits when the page is opened, and when something was read', async () => {
    const { waiting, answer } = await start();
    await waiting(1);
    await answer(11);
    await waiting(0);
    expect(play).not.toHaveBeenCalled();
  });

  it('ux-42 sounds for what came while the first answer was on its way', async () => {
    const { waiting, answer } = load();
    await waiting(2);
    await answer(30, 11, 10);
    expect(play).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['is told of by the socket', { type: 'inbox', conversation: { unread_count: 1 } }, 2],
    ['was polled with the list or the conversation', null, 2],
    ['comes as two others are read', null, 1],
  ])('ux-42 sounds for a message that %s as another is read', async (_, frame, count) => {
    const { unread, frames$, waiting, answer } = await start();
    if (frame) frames$.next(frame);
    else unread.refreshes$.next();
    await waiting(count);
    await answer(...[30, 11].slice(0, count));
    expect(play).toHaveBeenCalledTimes(1);
  });

  it('asks for nothing where a frame brings nothing that waits', async () => {
    const { server, frames$ } = await start();
    frames$.next({ type: 'typing', conversation_id: 7 });
    frames$.next({ type: 'inbox', conversation: { unread_count: 0 }, unread_count: 2 });
    await jest.advanceTimersByTimeAsync(4_000);
    server.expectNone(UNREAD);
  });

  it('ux-42 is silent about a message that is being read here', async () => {
    const { seen, waiting, answer } = await start();
    seen.add(30);
    await waiting(3);
    await answer(30, 11, 10);
    expect(play).not.toHaveBeenCalled();
  });

  it('ux-46 leaves it to the tab whose turn it is', async () => {
    const { server, isMine, waiting } = await start();
    isMine.set(false);
    await waiting(3);
    server.expectNone(UNREAD);
  });

  it('ux-46 goes on where the tab whose turn it was has ended', async () => {
    const { isMine, heard$, taken$, tell, state, waiting, answer } = load();
    isMine.set(false);
    await waiting(3);
    heard$.next({ version: 30, note: null, leads: true });
    isMine.set(true);
    taken$.next(true);
    await waiting(3);
    await answer(30, 11, 10);
    expect(play).not.toHaveBeenCalled();

    await jest.advanceTimersByTimeAsync(3_000);
    await waiting(4);
    await answer(31, 30, 11, 10);
    expect(play).toHaveBeenCalledTimes(1);
    expect(tell).toHaveBeenCalled();
    expect(state.version()).toBe(31);
  });

  it('ux-46 sounds for what came while no tab had the turn', async () => {
    const { isMine, heard$, taken$, waiting, answer } = load();
    isMine.set(false);
    heard$.next({ version: 11, note: null, leads: true });
    await waiting(3);
    isMine.set(true);
    taken$.next(true);
    await waiting(3);
    await answer(30, 11, 10);
    expect(play).toHaveBeenCalledTimes(1);
  });

  it('asks for nothing as long as it could not be heard', async () => {
    const { server, isReady, waiting } = await start();
    isReady.set(false);
    TestBed.tick();
    await waiting(3);
    server.expectNone(UNREAD);
  });

  it('ux-42 is silent when it is switched off, and in quiet hours', async () => {
    const off = await start({ sound: false });
    await off.waiting(3);
    await off.answer(30, 11, 10);
    const quiet = await start({ quiet_hours: { start: '11:00', end: '13:00' } });
    await quiet.waiting(3);
    await quiet.answer(30, 11, 10);
    expect(play).not.toHaveBeenCalled();
  });

  it('sounds at most every three seconds, however much comes', async () => {
    const { waiting, answer } = await start();
    await waiting(3);
    await answer(30);
    await waiting(4);
    await waiting(5);
    expect(play).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(3_000);
    await answer(32, 31, 30);
    expect(play).toHaveBeenCalledTimes(2);
  });

  it('ux-42 waits for an answer that comes slowly, however much news there is meanwhile', async () => {
    const { server, waiting, answer } = await start();
    await waiting(3);
    for (const count of [4, 5, 6]) {
      await jest.advanceTimersByTimeAsync(3_000);
      await waiting(count);
    }
    await answer(30, 11, 10);
    expect(play).toHaveBeenCalledTimes(1);
    await answer(33, 30, 11, 10);
    expect(play).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(4_000);
    server.verify();
  });

  it('goes on after a question that failed', async () => {
    const { server, waiting, answer } = await start();
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
    const { waiting, answer } = await start();
    await waiting(3);
    await answer(30);
    expect(play).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(3_000);
    await waiting(4);
    await answer(31);
    expect(play).toHaveBeenCalledTimes(2);
  });
});
