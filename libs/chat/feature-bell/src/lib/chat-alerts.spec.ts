import { jest } from '@jest/globals';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  CHAT_VIEWER,
  NewsAlerts,
  NotificationPreferencesStore,
  PushDevice,
  ShownPushes,
} from '@support-chat/chat-data-access';
import { provideTestI18n } from '@support-chat/ui/testing';
import { BadgeAfterPush } from './badge-after-push';
import { ChatAlerts } from './chat-alerts';
import { PushPresses } from './push-presses';

describe('ChatAlerts', () => {
  const current = signal(null);
  const busy = signal(0);
  const viewer = signal<{ id: number } | null>(null);
  // As the real ones do, they change what they have read.
  const touch = (): Promise<void> => {
    busy.update((count) => count + 1);
    return Promise.resolve();
  };
  const load = jest.fn(touch);
  const renew = jest.fn(touch);

  function show() {
    jest.clearAllMocks();
    TestBed.configureTestingModule({
      providers: [
        provideTestI18n(),
        { provide: CHAT_VIEWER, useValue: viewer },
        { provide: NewsAlerts, useValue: {} },
        { provide: ShownPushes, useValue: {} },
        { provide: PushPresses, useValue: {} },
        { provide: BadgeAfterPush, useValue: {} },
        { provide: PushDevice, useValue: { renew } },
        { provide: NotificationPreferencesStore, useValue: { current, load } },
      ],
    });
    TestBed.inject(ChatAlerts);
    TestBed.tick();
  }

  it('asks once for each person, whatever else changes', () => {
    viewer.set({ id: 1 });
    show();
    busy.update((count) => count + 1);
    viewer.set({ id: 1 });
    TestBed.tick();
    expect(load).toHaveBeenCalledTimes(1);
    expect(renew).toHaveBeenCalledTimes(1);
    viewer.set({ id: 2 });
    TestBed.tick();
    expect(load).toHaveBeenCalledTimes(2);
    viewer.set(null);
    TestBed.tick();
    expect(load).toHaveBeenCalledTimes(2);
  });
});
