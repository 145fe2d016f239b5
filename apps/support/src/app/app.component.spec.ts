import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import type { UserRole } from '@support-chat/contracts';
import { AppComponent } from './app.component';
import { appConfig } from './app.config';

describe('the support app', () => {
  let fixture: ComponentFixture<AppComponent>;
  let page: HTMLElement;

  const pause = () => new Promise((resolve) => setTimeout(resolve));
  const shown = async (selector: string): Promise<void> => {
    while (!page.querySelector(selector)) await pause();
  };

  /** Opens an address as somebody of a role, or as nobody. */
  async function visit(url: string, role: UserRole | null): Promise<void> {
    const server = TestBed.inject(HttpTestingController);
    const arrival = TestBed.inject(Router).navigateByUrl(url);
    await pause();
    const refresh = server.expectOne('/api/auth/refresh/');
    expect(refresh.request.headers.get('X-App')).toBe('support');
    if (role) {
      const user = { id: 1, email: 'u1@example.org', name: 'Ann', role, created_at: '' };
      refresh.flush({ access_token: 'token', token_type: 'Bearer', expires_in: 900, user });
    } else refresh.flush({ code: 'unauthenticated' }, { status: 401, statusText: '' });
    await arrival;
  }

  beforeEach(async () => {
    TestBed.configureTestingModule({
      providers: [appConfig.providers, provideHttpClientTesting()],
    });
    await TestBed.inject(ApplicationInitStatus).donePromise;
    fixture = TestBed.createComponent(AppComponent);
    page = fixture.nativeElement as HTMLElement;
  });

  it('asks nobody-in-particular to sign in', async () => {
    await visit('/', null);
    await shown('sc-login');
    expect(page.querySelector('sc-chat-notification-bell')).toBeNull();
  });

  it('shows a student the conversation, and the bell', async () => {
    await visit('/', 'user');
    await shown('sc-thread');
    expect(page.querySelector('sc-chat-notification-bell')).not.toBeNull();
    expect(page.querySelector('sc-account-menu')?.textContent).toContain('u1@example.org');
  });

  it('sends an admin to the console', async () => {
    await visit('/', 'admin');
    await shown('sc-wrong-role');
    expect(page.querySelector('sc-chat-notification-bell')).toBeNull();
  });

  it('says that an unknown address leads nowhere', async () => {
    await visit('/nowhere', 'user');
    await shown('sc-not-found');
  });
});
