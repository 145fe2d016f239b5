import { TestBed } from '@angular/core/testing';
import { provideTestI18n } from '../i18n/provide-test-i18n';
import { ConnectionBannerComponent } from './connection-banner.component';

async function wordsFor(state: string, lastSyncedAt: number | null): Promise<string> {
  TestBed.configureTestingModule({ providers: [provideTestI18n()] });
  const fixture = TestBed.createComponent(ConnectionBannerComponent);
  fixture.componentRef.setInput('state', state);
  fixture.componentRef.setInput('lastSyncedAt', lastSyncedAt);
  await fixture.whenStable();
  return (fixture.nativeElement as HTMLElement).textContent.replaceAll(/\s+/gu, ' ').trim();
}

describe('connection banner', () => {
  const at = new Date(2026, 10, 22, 14, 2).getTime();

  it.each(['live', 'connecting'])('says nothing while %s', async (state) => {
    expect(await wordsFor(state, at)).toBe('');
  });

  it('ux-47 says that one is offline, what becomes of messages and how old the screen is', async () => {
    const words = await wordsFor('offline', at);
    expect(words).toContain('You are offline. Messages you write are sent when you are back.');
    expect(words).toMatch(/Last updated (?:14:02|2:02\sPM)\./u);
  });

  it('ux-47 says that it reconnects by itself, and never asks to refresh', async () => {
    const words = await wordsFor('reconnecting', null);
    expect(words).toBe('Connection lost. Reconnecting…');
  });
});
