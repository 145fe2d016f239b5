import { jest } from '@jest/globals';
import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { LatestUnreadStore, UnreadStore } from '@support-chat/chat-data-access';
import { provideTestI18n } from '@support-chat/ui/testing';
import { ChatAlerts } from './chat-alerts';
import { ChatNotificationBellComponent } from './chat-notification-bell.component';
import { SettingsDialog } from './settings/settings-dialog';
import { UnreadMenuComponent } from './unread-menu.component';

describe('ChatNotificationBellComponent', () => {
  const count = signal(0);
  const icon = document.createElement('link');
  const entries = signal([
    {
      conversation: { id: 7, unread_count: 2 },
      message: {
        id: 70,
        content: 'Is anybody there?',
        attachment: null,
        sender: { id: 3, name: 'Ulla' },
        created_at: '2026-11-22T07:03:00.000Z',
      },
    },
  ]);
  const alerts = jest.fn(() => ({}));
  const made = jest.fn(() => ({ entries, failure: signal(null) }));
  let fixture: ComponentFixture<ChatNotificationBellComponent>;

  const find = (selector: string) =>
    (fixture.nativeElement as HTMLElement).querySelector<HTMLElement>(selector);
  const button = () => find('button[popovertarget]');
  const shown = async (selector: string) => {
    while (!find(selector)) await new Promise((resolve) => setTimeout(resolve));
  };
  const show = async (unread: number) => {
    count.set(unread);
    await fixture.whenStable();
  };

  beforeEach(async () => {
    alerts.mockClear();
    icon.rel = 'icon';
    icon.setAttribute('href', '/contact/favicon.svg');
    icon.dataset['unread'] = '/contact/favicon-unread.svg';
    document.head.append(icon);
    TestBed.configureTestingModule({
      providers: [
        provideTestI18n(),
        provideRouter([]),
        { provide: UnreadStore, useValue: { count } },
        { provide: ChatAlerts, useFactory: alerts },
      ],
    });
    TestBed.overrideComponent(UnreadMenuComponent, {
      set: { providers: [{ provide: LatestUnreadStore, useFactory: made }] },
    });
    fixture = TestBed.createComponent(ChatNotificationBellComponent);
    fixture.componentRef.setInput('pageTitle', 'Support');
    await show(0);
  });

  afterEach(() => {
    Reflect.deleteProperty(navigator, 'setAppBadge');
    Reflect.deleteProperty(navigator, 'clearAppBadge');
  });

  it('ux-43 says nothing special when nothing waits', () => {
    expect(document.title).toBe('Support');
    expect(icon.getAttribute('href')).toBe('/contact/favicon.svg');
    expect(button()?.getAttribute('aria-label')).toBe('No unread messages');
  });

  it('ux-13 ux-43 shows one number in bell, name, title and icon', async () => {
    await show(3);
    expect(button()?.textContent.trim()).toBe('3');
    expect(button()?.getAttribute('aria-label')).toBe('3 unread messages');
    expect(document.title).toBe('(3) Support');
    expect(icon.getAttribute('href')).toBe('/contact/favicon-unread.svg');
    await show(0);
    expect(document.title).toBe('Support');
    expect(icon.getAttribute('href')).toBe('/contact/favicon.svg');
  });

  it('ux-3 draws at most 99+, and says the whole number', async () => {
    await show(1234);
    expect(button()?.textContent.trim()).toBe('99+');
    expect(document.title).toBe('(99+) Support');
    expect(button()?.getAttribute('aria-label')).toBe('1,234 unread messages');
  });

  it('ux-43 badges the installed app, and lives with a refusal', async () => {
    const setAppBadge = jest.fn(() => Promise.reject(new Error('not installed')));
    Object.defineProperty(navigator, 'setAppBadge', { value: setAppBadge, configurable: true });
    await show(5);
    expect(setAppBadge).toHaveBeenCalledWith(5);
    expect(document.title).toBe('(5) Support');
  });

  it('ux-43 takes the mark of earlier pushes from the app when nothing waits', async () => {
    const clearAppBadge = jest.fn(() => Promise.resolve());
    Object.defineProperty(navigator, 'clearAppBadge', { value: clearAppBadge, configurable: true });
    fixture.destroy();
    clearAppBadge.mockClear();
    fixture = TestBed.createComponent(ChatNotificationBellComponent);
    fixture.componentRef.setInput('pageTitle', 'Support');
    await fixture.whenStable();
    expect(clearAppBadge).toHaveBeenCalledTimes(1);
  });

  it('opens a menu of what waits, which asks only while it is shown', async () => {
    fixture.componentRef.setInput('pathOf', (id: number) => `/conversations/${id}`);
    expect(made).not.toHaveBeenCalled();

    const popover = find('[popover]');
    popover?.dispatchEvent(Object.assign(new Event('toggle'), { newState: 'open' }));
    await shown('li a');
    expect(made).toHaveBeenCalledTimes(1);
    const row = find('li a');
    expect(row?.textContent).toContain('Is anybody there?');
    expect(row?.textContent).toContain('2 unread messages');
    expect(row?.getAttribute('href')).toBe('/conversations/7');

    popover?.dispatchEvent(Object.assign(new Event('toggle'), { newState: 'closed' }));
    await fixture.whenStable();
    expect(find('li a')).toBeNull();
  });

  it('starts sound and pushes once there is nothing better to do', async () => {
    while (alerts.mock.calls.length === 0) await new Promise((resolve) => setTimeout(resolve));
    expect(alerts).toHaveBeenCalledTimes(1);
  });

  it('leaves nothing behind when somebody signs out', async () => {
    await show(3);
    const settings = TestBed.inject(SettingsDialog);
    settings.show();
    fixture.destroy();
    expect(document.title).toBe('Support');
    expect(icon.getAttribute('href')).toBe('/contact/favicon.svg');
    expect(settings.isOpen()).toBe(false);
  });
});
