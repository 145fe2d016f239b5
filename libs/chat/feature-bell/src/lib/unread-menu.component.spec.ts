import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { LatestUnreadStore } from '@support-chat/chat-data-access';
import type { Failure, UnreadConversation } from '@support-chat/contracts';
import { provideTestI18n } from '@support-chat/ui/testing';
import { UnreadMenuComponent } from './unread-menu.component';

const UNREACHABLE: Failure = {
  code: 'unreachable',
  status: 0,
  requestId: null,
  retryAfterSeconds: null,
  errors: [],
};

describe('UnreadMenuComponent', () => {
  it('ux-51 says above a list that is shown why it could not be renewed', async () => {
    const entries = signal<UnreadConversation[] | null>([]);
    const failure = signal<Failure | null>(null);
    TestBed.configureTestingModule({ providers: [provideTestI18n(), provideRouter([])] });
    TestBed.overrideComponent(UnreadMenuComponent, {
      set: { providers: [{ provide: LatestUnreadStore, useValue: { entries, failure } }] },
    });
    const fixture = TestBed.createComponent(UnreadMenuComponent);
    fixture.componentRef.setInput('pathOf', (id: number) => `/${id}`);
    const words = async () => {
      await fixture.whenStable();
      const host = fixture.nativeElement as HTMLElement;
      return host.querySelector('[role=alert]')?.textContent;
    };
    expect(await words()).toBeUndefined();
    failure.set(UNREACHABLE);
    expect(await words()).toContain('The server cannot be reached');
    failure.set({ ...UNREACHABLE, code: 'rate_limited', status: 429, retryAfterSeconds: 7 });
    expect(await words()).toMatch(/^That was a bit fast.* 7 seconds/);
  });
});
