import { jest } from '@jest/globals';
import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { UnreadStore } from '@support-chat/chat-data-access';
import { provideTestI18n } from '@support-chat/ui/testing';
import { ChatNotificationBellComponent } from './chat-notification-bell.component';

describe('ChatNotificationBellComponent', () => {
  const count = signal(0);
  const icon = document.createElement('link');
  let fixture: ComponentFixture<ChatNotificationBellComponent>;

  const link = () => (fixture.nativeElement as HTMLElement).querySelector('a');
  const show = async (unread: number) => {
    count.set(unread);
    await fixture.whenStable();
  };

  beforeEach(async () => {
    icon.rel = 'icon';
    icon.setAttribute('href', '/contact/favicon.svg');
    icon.dataset['unread'] = '/contact/favicon-unread.svg';
    document.head.append(icon);
    TestBed.configureTestingModule({
      providers: [
        provideTestI18n(),
        provideRouter([]),
        { provide: UnreadStore, useValue: { count } },
      ],
    });
    fixture = TestBed.createComponent(ChatNotificationBellComponent);
    fixture.componentRef.setInput('pageTitle', 'Support');
    await show(0);
  });

  afterEach(() => {
    Reflect.deleteProperty(navigator, 'setAppBadge');
  });

  it('ux-43 says nothing special when nothing waits', () => {
    expect(document.title).toBe('Support');
    expect(icon.getAttribute('href')).toBe('/contact/favicon.svg');
    expect(link()?.getAttribute('aria-label')).toBe('No unread messages');
  });

  it('ux-13 ux-43 shows one number in bell, name, title and icon', async () => {
    await show(3);
    expect(link()?.textContent.trim()).toBe('3');
    expect(link()?.getAttribute('aria-label')).toBe('3 unread messages');
    expect(document.title).toBe('(3) Support');
    expect(icon.getAttribute('href')).toBe('/contact/favicon-unread.svg');
    await show(0);
    expect(document.title).toBe('Support');
    expect(icon.getAttribute('href')).toBe('/contact/favicon.svg');
  });

  it('ux-3 draws at most 99+, and says the whole number', async () => {
    await show(1234);
    expect(link()?.textContent.trim()).toBe('99+');
    expect(document.title).toBe('(99+) Support');
    expect(link()?.getAttribute('aria-label')).toBe('1,234 unread messages');
  });

  it('ux-43 badges the installed app, and lives with a refusal', async () => {
    const setAppBadge = jest.fn(() => Promise.reject(new Error('not installed')));
    Object.defineProperty(navigator, 'setAppBadge', { value: setAppBadge, configurable: true });
    await show(5);
    expect(setAppBadge).toHaveBeenCalledWith(5);
    expect(document.title).toBe('(5) Support');
  });

  it('leaves nothing behind when somebody signs out', async () => {
    await show(3);
    fixture.destroy();
    expect(document.title).toBe('Support');
    expect(icon.getAttribute('href')).toBe('/contact/favicon.svg');
  });
});
