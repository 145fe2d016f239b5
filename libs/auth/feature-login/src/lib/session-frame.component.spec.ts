import { jest } from '@jest/globals';
import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import {
  APP_NAME,
  SessionKeeper,
  SessionStore,
  type SessionStatus,
  UNSENT_WORK,
} from '@support-chat/auth-data-access';
import { type Failure, type User } from '@support-chat/contracts';
import { provideTestI18n } from '@support-chat/ui/testing';
import { LoginComponent } from './login.component';
import { SessionFrameComponent } from './session-frame.component';
import { WrongRoleComponent } from './wrong-role.component';

describe('what surrounds a session', () => {
  const status = signal<SessionStatus>('unknown');
  const expired = signal(false);
  const restoreFailure = signal<Failure | null>(null);
  const restore = jest.fn();
  const user = signal<Partial<User>>({ email: 'u1@example.org', role: 'user' });

  function configure(app: 'support' | 'admin'): void {
    TestBed.configureTestingModule({
      providers: [
        provideTestI18n(),
        { provide: APP_NAME, useValue: app },
        { provide: SessionStore, useValue: { status, expired, user } },
        { provide: SessionKeeper, useValue: { restoreFailure, restore } },
        { provide: UNSENT_WORK, useValue: { exists: () => false } },
      ],
    });
  }

  const pageOf = (fixture: ComponentFixture<unknown>) => fixture.nativeElement as HTMLElement;

  it('says that it is loading, then why that takes so long, and tries again', async () => {
    configure('support');
    const fixture = TestBed.createComponent(SessionFrameComponent);
    await fixture.whenStable();
    expect(pageOf(fixture).querySelector('[role=status]')?.textContent).toBe('Loading…');

    restoreFailure.set({
      code: 'unavailable',
      status: 503,
      requestId: 'req-1',
      retryAfterSeconds: null,
      errors: [],
    });
    await fixture.whenStable();
    expect(pageOf(fixture).textContent).toContain('not available');
    expect(pageOf(fixture).textContent).toContain('req-1');
    pageOf(fixture).querySelector('button')?.click();
    expect(restore).toHaveBeenCalledTimes(1);
  });

  it('ux-49 asks for the password over what is shown, and goes when there is a session', async () => {
    configure('support');
    status.set('signed-in');
    const fixture = TestBed.createComponent(SessionFrameComponent);
    document.body.append(pageOf(fixture));
    await fixture.whenStable();
    expect(pageOf(fixture).querySelector('dialog')).toBeNull();

    expired.set(true);
    await fixture.whenStable();
    const dialog = pageOf(fixture).querySelector('dialog');
    expect(dialog?.open).toBe(true);
    expect(dialog?.textContent).toContain('u1@example.org');
    dialog?.close();
    dialog?.dispatchEvent(new Event('close'));
    expect(dialog?.open).toBe(true);

    expired.set(false);
    await fixture.whenStable();
    expect(pageOf(fixture).querySelector('dialog')).toBeNull();
  });

  it.each([
    ['support', '/admin/chat', 'answered in the console'],
    ['admin', '/contact', 'for administrators only'],
  ] as const)('shows the way from %s to %s to whoever belongs there', async (app, href, text) => {
    configure(app);
    const fixture = TestBed.createComponent(WrongRoleComponent);
    await fixture.whenStable();
    expect(pageOf(fixture).textContent).toContain(text);
    expect(pageOf(fixture).querySelector('a')?.getAttribute('href')).toBe(href);
    expect(pageOf(fixture).querySelector('sc-sign-out-button')).not.toBeNull();
  });

  it('lets only students create accounts', async () => {
    configure('admin');
    const console = TestBed.createComponent(LoginComponent);
    await console.whenStable();
    expect(pageOf(console).querySelector('.sc-link')).toBeNull();

    TestBed.resetTestingModule();
    configure('support');
    const support = TestBed.createComponent(LoginComponent);
    await support.whenStable();
    pageOf(support).querySelector<HTMLButtonElement>('.sc-link')?.click();
    await support.whenStable();
    expect(pageOf(support).querySelector('h1')?.textContent).toBe('Create your account');
    expect(pageOf(support).querySelector('[name=name]')).not.toBeNull();
  });
});
