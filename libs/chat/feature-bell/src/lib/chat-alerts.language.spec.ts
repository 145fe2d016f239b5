import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { CHAT_VIEWER, NewsAlerts, PushDevice, ShownPushes } from '@support-chat/chat-data-access';
import {
  API_ROUTES,
  type NotificationLanguage,
  type NotificationPreferences,
} from '@support-chat/contracts';
import { I18n } from '@support-chat/ui';
import { provideTestI18n } from '@support-chat/ui/testing';
import { BadgeAfterPush } from './badge-after-push';
import { ChatAlerts } from './chat-alerts';
import { PushPresses } from './push-presses';

const URL = API_ROUTES.notificationPreferences;

/** What the store opens, and what another tab says in it. */
class Channel {
  static own: Channel | null = null;
  onmessage: ((event: { data: object }) => void) | null = null;

  constructor() {
    Channel.own = this;
  }

  readonly postMessage = () => undefined;
  readonly close = () => undefined;
}

describe('ChatAlerts and the language of pushes and mails', () => {
  const inLanguage = (stored: NotificationLanguage): NotificationPreferences => ({
    sound: true,
    push: true,
    email: true,
    quiet_hours: null,
    time_zone: 'UTC',
    language: stored,
  });

  const settle = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve));
    TestBed.tick();
    await new Promise((resolve) => setTimeout(resolve));
  };

  async function start(stored: NotificationLanguage) {
    Object.assign(globalThis, { BroadcastChannel: Channel });
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        provideTestI18n(),
        { provide: CHAT_VIEWER, useValue: signal({ id: 1 }) },
        { provide: NewsAlerts, useValue: {} },
        { provide: ShownPushes, useValue: {} },
        { provide: PushPresses, useValue: {} },
        { provide: BadgeAfterPush, useValue: {} },
        { provide: PushDevice, useValue: { renew: () => Promise.resolve() } },
      ],
    });
    TestBed.inject(ChatAlerts);
    TestBed.tick();
    const server = TestBed.inject(HttpTestingController);
    const read = async (answer: NotificationLanguage) => {
      server.expectOne({ method: 'GET', url: URL }).flush(inLanguage(answer));
      await settle();
    };
    const written = () => server.expectOne({ method: 'PATCH', url: URL });
    await read(stored);
    return { server, read, written };
  }

  it('asks for the language of the app, once it is known that another one is stored', async () => {
    const { server, written } = await start('ar');
    const change = written();
    expect(change.request.body).toEqual({ language: 'en' });
    change.flush(inLanguage('en'));
    await settle();
    server.verify();
  });

  it('asks for nothing while it is stored, and for each one that is chosen here', async () => {
    const { server, written } = await start('en');
    server.verify();
    await TestBed.inject(I18n).use('ar');
    await settle();
    const change = written();
    expect(change.request.body).toEqual({ language: 'ar' });
    change.flush(inLanguage('ar'));
    await settle();
    server.verify();
  });

  it('does not ask again after a save that failed, though the old language is back', async () => {
    const { server, read, written } = await start('ar');
    written().error(new ProgressEvent('error'));
    await settle();
    await read('ar');
    server.verify();
  });

  it('leaves the language that another tab or device has chosen since', async () => {
    const { server, read } = await start('en');
    Channel.own?.onmessage?.({ data: { viewerId: 1 } });
    await read('ar');
    server.verify();
  });
});
