import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { NotificationPreferences } from '@support-chat/contracts';
import { ADMIN, chatTestBed, cut, refuse } from '../testing/chat-test-bed';
import { FakeBroadcastChannel } from '../testing/fake-broadcast-channel';
import { NotificationPreferencesStore } from './notification-preferences.store';

const PREFERENCES = '/api/notifications/preferences/';
const STORED: NotificationPreferences = {
  sound: true,
  push: true,
  email: true,
  quiet_hours: null,
  time_zone: 'UTC',
  language: 'en',
};

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('NotificationPreferencesStore', () => {
  beforeEach(() => {
    FakeBroadcastChannel.install();
  });

  async function start() {
    const bed = chatTestBed();
    const store = TestBed.inject(NotificationPreferencesStore);
    TestBed.tick();
    const loading = store.load();
    bed.server.expectOne(PREFERENCES).flush(STORED);
    await loading;
    return { ...bed, store };
  }

  /** The change that is on its way. */
  async function sent(server: HttpTestingController) {
    await settle();
    const call = server.expectOne({ method: 'PATCH', url: PREFERENCES });
    return { call, body: call.request.body as Partial<NotificationPreferences> };
  }

  it('ux-42 shows a change at once, and stores it', async () => {
    const { server, store } = await start();
    const change = store.change({ sound: false });
    expect(store.current()?.sound).toBe(false);
    expect(store.isSaving()).toBe(true);
    const { call, body } = await sent(server);
    expect(body).toEqual({ sound: false });
    call.flush({ ...STORED, sound: false });
    expect(await change).toBe(true);
    expect(store.isSaving()).toBe(false);
  });

  it('stores changes one after the other, and shows the last one all the time', async () => {
    const { server, store } = await start();
    const first = store.change({ sound: false });
    const second = store.change({ email: false });
    const one = await sent(server);
    expect(one.body).toEqual({ sound: false });
    one.call.flush({ ...STORED, sound: false });
    await first;
    expect(store.current()).toMatchObject({ sound: false, email: false });
    const two = await sent(server);
    two.call.flush({ ...STORED, sound: false, email: false });
    expect(await second).toBe(true);
    expect(store.current()).toMatchObject({ sound: false, email: false });
  });

  it('ux-51 takes a change back that could not be stored, and says why', async () => {
    const { server, store } = await start();
    const change = store.change({ sound: false });
    const { call } = await sent(server);
    refuse(call, 503, 'unavailable');
    await settle();
    server.expectOne({ method: 'GET', url: PREFERENCES }).flush(STORED);
    expect(await change).toBe(false);
    expect(store.current()?.sound).toBe(true);
    expect(store.failure()?.code).toBe('unavailable');
  });

  it('ux-46 follows what another tab of the same person changes', async () => {
    const { server, store } = await start();
    const other = new BroadcastChannel('sc.notifications');
    other.postMessage({ viewerId: 99 });
    server.expectNone(PREFERENCES);
    other.postMessage({ viewerId: 1 });
    server.expectOne(PREFERENCES).flush({ ...STORED, sound: false });
    await settle();
    expect(store.current()?.sound).toBe(false);
  });

  it('belongs to one person: the next one’s are not known yet', async () => {
    const { store, viewer } = await start();
    viewer.set(ADMIN);
    TestBed.tick();
    expect(store.current()).toBeNull();
  });

  it('a change that waits ends with the person who made it', async () => {
    const { server, store, viewer } = await start();
    const first = store.change({ sound: false });
    const second = store.change({ email: false });
    const { call } = await sent(server);
    viewer.set(ADMIN);
    TestBed.tick();
    call.flush({ ...STORED, sound: false });
    expect(await first).toBe(true);
    expect(await second).toBe(false);
    expect(store.current()).toBeNull();
    server.verify();
  });

  it('says why they cannot be had', async () => {
    const { server } = chatTestBed();
    const store = TestBed.inject(NotificationPreferencesStore);
    const loading = store.load();
    cut(server.expectOne(PREFERENCES));
    await loading;
    expect(store.current()).toBeNull();
    expect(store.failure()?.code).toBe('unreachable');
  });
});
