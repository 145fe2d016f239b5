import { TestBed } from '@angular/core/testing';
import { provideTestI18n } from '../i18n/provide-test-i18n';
import { ConnectionStatusComponent } from './connection-status.component';

async function wordsFor(word: string, everySeconds = 3): Promise<string> {
  TestBed.configureTestingModule({ providers: [provideTestI18n()] });
  const fixture = TestBed.createComponent(ConnectionStatusComponent);
  fixture.componentRef.setInput('word', word);
  fixture.componentRef.setInput('everySeconds', everySeconds);
  await fixture.whenStable();
  return (fixture.nativeElement as HTMLElement).textContent.trim();
}

describe('ux-48 connection status', () => {
  it.each([
    ['live', 'Live'],
    ['polling', 'Checking every 3 seconds'],
    ['reconnecting', 'Reconnecting…'],
    ['offline', 'Offline'],
    ['unknown', ''],
  ])('says of %s: %s', async (word, words) => {
    expect(await wordsFor(word)).toBe(words);
  });

  it('says how often it asks at the moment', async () => {
    expect(await wordsFor('polling', 60)).toBe('Checking every 60 seconds');
  });
});
