import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideTestI18n } from '../i18n/provide-test-i18n';
import { MessageBubbleComponent } from './message-bubble.component';
import type { MessageView } from './message-view';

const view: MessageView = {
  key: 'a',
  text: 'Hello',
  attachment: null,
  authorName: 'Amir',
  side: 'other',
  at: '2026-11-22T07:03:00.000Z',
  state: null,
  shownState: 'nothing',
  failure: null,
  isDeleted: false,
  isEdited: false,
  startsGroup: true,
  endsGroup: true,
};

async function show(
  more: Partial<MessageView>,
  isActive = false,
): Promise<ComponentFixture<MessageBubbleComponent>> {
  TestBed.configureTestingModule({ providers: [provideTestI18n()] });
  const fixture = TestBed.createComponent(MessageBubbleComponent);
  fixture.componentRef.setInput('message', { ...view, ...more });
  fixture.componentRef.setInput('isActive', isActive);
  await fixture.whenStable();
  return fixture;
}

const hostOf = (fixture: ComponentFixture<MessageBubbleComponent>) =>
  fixture.nativeElement as HTMLElement;
const buttons = (host: HTMLElement) => [...host.querySelectorAll('button')];
const names = (host: HTMLElement) => buttons(host).map((button) => button.textContent.trim());

describe('message bubble', () => {
  it('shows markup as the text it is, with its own direction and every space and line', async () => {
    const text = ' <b>x</b>  &amp;\n\n<img src=x onerror=alert(1)> ';
    const host = hostOf(await show({ text }));
    const shown = host.querySelector('sc-message-text');
    expect(shown?.textContent).toBe(text);
    expect(shown?.getAttribute('dir')).toBe('auto');
    expect(host.querySelector('img, b')).toBeNull();
  });

  it('ux-24 opens links in a new tab and tells the site nothing of us', async () => {
    const host = hostOf(await show({ text: 'see https://example.org/x. javascript:alert(1)' }));
    const links = [...host.querySelectorAll('a')];
    expect(links.map((a) => [a.getAttribute('href'), a.target, a.rel])).toEqual([
      ['https://example.org/x', '_blank', 'noopener noreferrer'],
    ]);
  });

  it('names author, time, text and state to screen readers', async () => {
    const host = hostOf(await show({ side: 'own', state: 'read', shownState: 'icon' }));
    const article = host.querySelector('article');
    const spoken = article
      ?.getAttribute('aria-labelledby')
      ?.split(' ')
      .map((id) => host.querySelector(`#${id}`)?.textContent.trim());
    expect(spoken?.[0]).toMatch(/^You, \d/u);
    expect(spoken?.slice(1)).toEqual(['Hello', 'Seen']);
  });

  it.each(['sending', 'sent', 'delivered', 'read', 'failed'] as const)(
    'ux-20 has words for %s even where only a tick is drawn',
    async (state) => {
      const words = { sending: 'Sending…', sent: 'Sent', delivered: 'Delivered', read: 'Seen' };
      const host = hostOf(await show({ side: 'own', state, shownState: 'icon' }));
      const status = host.querySelector('sc-message-status');
      expect(status?.querySelector('svg')).not.toBeNull();
      expect(status?.textContent.trim()).toBe(state === 'failed' ? 'Not sent' : words[state]);
    },
  );

  it('ux-19 keeps the text of a failed message and offers retry, copy and delete', async () => {
    const failure = 'The server cannot be reached.';
    const fixture = await show({ side: 'own', state: 'failed', shownState: 'words', failure });
    const host = hostOf(fixture);
    const done: string[] = [];
    fixture.componentInstance.retry.subscribe(() => done.push('retry'));
    fixture.componentInstance.copyText.subscribe(() => done.push('copy'));
    fixture.componentInstance.delete.subscribe(() => done.push('delete'));
    expect(host.textContent).toContain('Hello');
    expect(host.textContent).toContain(failure);
    expect(names(host)).toEqual(['Try again', 'Copy', 'Delete']);
    for (const button of buttons(host)) button.click();
    expect(done).toEqual(['retry', 'copy', 'delete']);
  });

  it('ux-61 is a stop for Tab, with its actions, only while it is the active one', async () => {
    const idle = hostOf(await show({}));
    expect(idle.querySelector('article')?.tabIndex).toBe(-1);
    expect(buttons(idle)).toEqual([]);
    TestBed.resetTestingModule();
    const active = hostOf(await show({}, true));
    expect(active.querySelector('article')?.tabIndex).toBe(0);
    expect(buttons(active).map(({ tabIndex }) => tabIndex)).toEqual([0]);
  });

  it('ux-61 goes from the message to its actions by Enter', async () => {
    const fixture = await show({}, true);
    document.body.append(hostOf(fixture));
    const article = hostOf(fixture).querySelector('article');
    article?.focus();
    article?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    expect(document.activeElement?.textContent.trim()).toBe('Copy');
  });

  it('shows that a message was deleted, and nothing of what it said', async () => {
    const host = hostOf(await show({ isDeleted: true, text: 'secret' }));
    expect(host.textContent).toContain('This message was deleted');
    expect(host.textContent).not.toContain('secret');
    expect(names(host)).toEqual([]);
  });
});
