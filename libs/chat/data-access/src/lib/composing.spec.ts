import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { FileHold } from './attachments/file-hold';
import { Composing } from './composing';
import { USER, chatTestBed } from './testing/chat-test-bed';

const KEY = `sc.draft.${USER.id}.7`;

/** What another tab leaves in the storage of this browser. */
function otherTab(key: string, text: string | null): void {
  if (text === null) localStorage.removeItem(key);
  else localStorage.setItem(key, text);
  dispatchEvent(new StorageEvent('storage', { key, storageArea: localStorage }));
  TestBed.tick();
}

describe('Composing', () => {
  let composing: Composing;

  function write(text: string): void {
    composing.draft.set(text);
    TestBed.tick();
  }

  beforeEach(() => {
    localStorage.clear();
    chatTestBed();
    composing = TestBed.runInInjectionContext(() => new Composing(signal(7)));
    TestBed.tick();
  });

  it('ux-32 the tabs of one conversation write one draft, so none overwrites another’s', () => {
    write('a long text');
    otherTab(KEY, 'a long text, and more');
    expect(composing.draft()).toBe('a long text, and more');
    write('a long text, and more of it');
    expect(localStorage.getItem(KEY)).toBe('a long text, and more of it');
  });

  it('ux-32 what another tab wrote is not written back over what it wrote since', () => {
    localStorage.setItem(KEY, 'as far as th');
    dispatchEvent(new StorageEvent('storage', { key: KEY, storageArea: localStorage }));
    localStorage.setItem(KEY, 'as far as this');
    TestBed.tick();
    expect(localStorage.getItem(KEY)).toBe('as far as this');
    otherTab(KEY, 'as far as this');
    write('as far as this one');
    write('as far as this');
    expect(localStorage.getItem(KEY)).toBe('as far as this');
  });

  it('ux-33 what waits here for its files is sent, whatever another tab writes', () => {
    const hold = TestBed.inject(FileHold);
    write('my homework');
    hold.postpone(7, 'my homework');
    otherTab(KEY, 'hi');
    expect([composing.draft(), hold.of(7)?.text]).toEqual(['my homework', 'my homework']);
    hold.sent(7, 'my homework');
    TestBed.tick();
    expect([composing.draft(), localStorage.getItem(KEY)]).toEqual(['hi', 'hi']);
  });

  it('ux-32 what another tab sent is no draft any more', () => {
    write('hello');
    otherTab(KEY, null);
    expect(composing.draft()).toBe('');
    expect(localStorage).toHaveLength(0);
  });

  it('ux-32 what is written to others, or by others, leaves a draft alone', () => {
    write('for seven');
    otherTab(`sc.draft.${USER.id}.70`, 'for seventy');
    otherTab('sc.draft.9.7', 'by nine');
    otherTab('sc.sound', 'off');
    expect(composing.draft()).toBe('for seven');
    expect(localStorage.getItem(KEY)).toBe('for seven');
  });
});
