import { jest } from '@jest/globals';
import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import {
  AlertSound,
  NotificationChannelsStore,
  NotificationPreferencesStore,
  PushDevice,
  PushWorker,
  type PushState,
} from '@support-chat/chat-data-access';
import type {
  Failure,
  NotificationChannels,
  NotificationPreferences,
  NotificationPreferencesBody,
} from '@support-chat/contracts';
import { provideTestI18n } from '@support-chat/ui/testing';
import { EMPTY } from 'rxjs';
import { NotificationSettingsComponent } from './notification-settings.component';

const PREFERENCES: NotificationPreferences = {
  sound: true,
  push: true,
  email: true,
  quiet_hours: null,
  time_zone: 'UTC',
  language: 'en',
};
const UNREACHABLE: Failure = {
  code: 'unreachable',
  status: 0,
  requestId: null,
  retryAfterSeconds: null,
  errors: [],
};

describe('the settings of notifications', () => {
  const current = signal<NotificationPreferences | null>(null);
  const failure = signal<Failure | null>(null);
  const channels = signal<NotificationChannels | null>(null);
  const state = signal<PushState>('off');
  const changes: NotificationPreferencesBody[] = [];
  const change = (body: NotificationPreferencesBody) => {
    changes.push(body);
    current.update((before) => before && { ...before, ...body });
    return Promise.resolve(true);
  };
  const device = {
    state,
    failure: signal(null),
    isBusy: signal(false),
    renew: jest.fn(() => Promise.resolve()),
    turnOn: jest.fn(() => Promise.resolve()),
    turnOff: jest.fn(() => Promise.resolve()),
    test: jest.fn(() => Promise.resolve('taken')),
  };
  const tryOut = jest.fn(() => Promise.resolve(true));
  let fixture: ComponentFixture<NotificationSettingsComponent>;
  let page: HTMLElement;

  beforeEach(async () => {
    jest.clearAllMocks();
    changes.length = 0;
    current.set(PREFERENCES);
    failure.set(null);
    channels.set({ push_public_key: 'BAEC', email: true });
    state.set('off');
    const preferences = {
      current,
      failure,
      isSaving: signal(false),
      load: () => Promise.resolve(),
      change,
    };
    TestBed.configureTestingModule({
      providers: [
        provideTestI18n(),
        { provide: NotificationPreferencesStore, useValue: preferences },
        {
          provide: NotificationChannelsStore,
          useValue: { current: channels, load: () => Promise.resolve() },
        },
        { provide: PushDevice, useValue: device },
        { provide: PushWorker, useValue: { told$: EMPTY } },
        { provide: AlertSound, useValue: { tryOut } },
      ],
    });
    fixture = TestBed.createComponent(NotificationSettingsComponent);
    page = fixture.nativeElement as HTMLElement;
    await fixture.whenStable();
  });

  function one(selector: string): HTMLElement {
    const found = page.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  }

  const press = async (selector: string) => {
    one(selector).click();
    await fixture.whenStable();
  };

  const fill = async (selector: string, value: string) => {
    const field = one(selector) as HTMLInputElement;
    field.value = value;
    field.dispatchEvent(new Event('change'));
    await fixture.whenStable();
  };

  const box = (part: string) => one(`${part} input[role=switch]`) as HTMLInputElement;

  it('ux-42 switches the sound, and says that it is stored', async () => {
    const sound = box('sc-sound-setting');
    expect(sound.checked).toBe(true);
    sound.click();
    await fixture.whenStable();
    expect(changes).toEqual([{ sound: false }]);
    expect(sound.checked).toBe(false);
    expect(one('header').textContent).toContain('Saved');
  });

  it('ux-45 does not offer what the server does not do', async () => {
    channels.set({ push_public_key: null, email: false });
    await fixture.whenStable();
    const switches = [...page.querySelectorAll<HTMLInputElement>('input[role=switch]')];
    expect(switches.map(({ checked, disabled }) => [checked, disabled])).toEqual([
      [true, false],
      [false, true],
      [false, true],
      [false, false],
    ]);
    expect(page.textContent).toContain('Not offered here.');
    expect(page.querySelector('.device')).toBeNull();
  });

  it('ux-44 turns this device on and off by a press only', async () => {
    expect(device.turnOn).not.toHaveBeenCalled();
    await press('.device button');
    expect(device.turnOn).toHaveBeenCalledTimes(1);
    state.set('on');
    await fixture.whenStable();
    expect(page.textContent).toContain('On for this device');
    await press('.device button');
    expect(device.turnOff).toHaveBeenCalledTimes(1);
  });

  it('ux-44 who switches pushes on wants them on this device too', async () => {
    current.set({ ...PREFERENCES, push: false });
    await fixture.whenStable();
    expect(page.querySelector('.device')).toBeNull();
    box('sc-push-setting').click();
    await fixture.whenStable();
    expect(changes).toEqual([{ push: true }]);
    expect(device.turnOn).toHaveBeenCalledTimes(1);
  });

  it('ux-44 says what stands in the way', async () => {
    state.set('blocked');
    await fixture.whenStable();
    expect(one('.device').textContent).toContain('Your browser blocks it');
    state.set('unsupported');
    await fixture.whenStable();
    expect(one('.device').textContent).toContain('home screen');
    expect(page.querySelector('.device button')).toBeNull();
  });

  it('ux-42 quiet hours begin as a night on this device’s clock, and can be changed', async () => {
    const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    box('sc-quiet-hours-setting').click();
    await fixture.whenStable();
    expect(changes.pop()).toEqual({ quiet_hours: { start: '22:00', end: '07:00' }, time_zone });

    await fill('.times label:nth-of-type(1) input', '21:30');
    expect(changes.pop()).toEqual({ quiet_hours: { start: '21:30', end: '07:00' } });
    await fill('.times label:nth-of-type(2) input', '06:15');
    expect(changes.pop()).toEqual({ quiet_hours: { start: '21:30', end: '06:15' } });
    await fill('.times select', 'Asia/Tokyo');
    expect(changes.pop()).toEqual({ time_zone: 'Asia/Tokyo' });

    await fill('.times label:nth-of-type(1) input', '');
    expect(changes).toEqual([]);
    expect((one('.times input') as HTMLInputElement).value).toBe('21:30');

    box('sc-quiet-hours-setting').click();
    expect(changes.pop()).toEqual({ quiet_hours: null });
  });

  it('lets people try what is on', async () => {
    state.set('on');
    await press('sc-test-alerts button');
    expect(tryOut).toHaveBeenCalledTimes(1);
    expect(device.test).toHaveBeenCalledTimes(1);
    current.set({ ...PREFERENCES, sound: false, push: false });
    await fixture.whenStable();
    await press('sc-test-alerts button');
    expect(tryOut).toHaveBeenCalledTimes(1);
    expect(device.test).toHaveBeenCalledTimes(1);
  });

  it('ux-51 says why something was not stored, and why nothing can be shown', async () => {
    failure.set(UNREACHABLE);
    await fixture.whenStable();
    expect(one('.alert').textContent).toContain('cannot be reached');
    current.set(null);
    await fixture.whenStable();
    expect(one('sc-error-state').textContent).toContain('cannot be reached');
  });

  it('is a dialog that is closed before it goes', async () => {
    let isClosed = false;
    fixture.componentInstance.closed.subscribe(() => (isClosed = true));
    const dialog = one('dialog') as HTMLDialogElement;
    expect(dialog.open).toBe(true);
    await press('header button');
    expect(dialog.open).toBe(false);
    expect(isClosed).toBe(true);
  });
});
