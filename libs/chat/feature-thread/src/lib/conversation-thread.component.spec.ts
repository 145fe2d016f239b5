import { Clipboard } from '@angular/cdk/clipboard';
import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { By } from '@angular/platform-browser';
import {
  CHAT_VIEWER,
  ConversationStore,
  FileHold,
  NewestRequests,
  type TimelineItem,
} from '@support-chat/chat-data-access';
import {
  AttachmentApi,
  AttachmentFiles,
  AttachmentPolicyStore,
  Uploads,
} from '@support-chat/chat-data-access/attachments';
import type { Conversation } from '@support-chat/contracts';
import { provideTestI18n } from '@support-chat/ui/testing';
import { NEVER } from 'rxjs';
import { ThreadAnnouncer } from './announce/thread-announcer';
import { FileIntake } from './attachments/file-intake';
import { ConversationThreadComponent } from './conversation-thread.component';
import { PageFocus } from './reading/page-focus';
import { ThreadReading } from './reading/thread-reading';
import {
  AMIR,
  FAILURE,
  FakeConversationStore,
  MONA,
  outgoingItem,
  storedItem,
} from './testing/fake-conversation.store';
import {
  DOCUMENT,
  FakePolicies,
  FakeUploads,
  PICTURE,
  readyUpload,
  uploadOf,
} from './testing/fake-uploads';

// jsdom lays nothing out, and has no modal dialogs.
HTMLDialogElement.prototype.showModal = () => undefined;
HTMLDialogElement.prototype.close = () => undefined;
Element.prototype.scrollIntoView = () => undefined;
window.matchMedia = (query) => ({ matches: false, media: query }) as MediaQueryList;

const CONVERSATION: Conversation = {
  id: 1,
  user: { id: 1, name: 'Mona', email: 'mona@example.org' },
  is_active: true,
  created_at: new Date().toISOString(),
  last_message_at: null,
  last_message: null,
  message_count: 1,
  unread_count: 0,
  revision: 1,
};

let fixture: ComponentFixture<ConversationThreadComponent>;
let store: FakeConversationStore;
const isFocused = signal(true);
const copied: string[] = [];

const host = () => fixture.nativeElement as HTMLElement;
const find = (selector: string): HTMLElement => {
  const found = host().querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
};
const articles = () => [...host().querySelectorAll('article')];
const textOf = (element: Element | null | undefined) =>
  element?.querySelector('sc-message-text')?.textContent;
const button = (name: string): HTMLButtonElement | undefined =>
  [...host().querySelectorAll('button')].find((b) => b.textContent.trim() === name);

async function ready(...timeline: TimelineItem[]): Promise<void> {
  store.timeline.set(timeline);
  store.status.set('ready');
  await fixture.whenStable();
}

/** Gives the scroller a size, since jsdom has none: 100 px of 1000 in view, `top` px down. */
function scrollTo(top: number): void {
  const scroller = find('.scroller');
  Object.defineProperties(scroller, {
    clientHeight: { value: 100, configurable: true },
    scrollHeight: { value: 1000, configurable: true },
  });
  scroller.scrollTop = top;
  scroller.dispatchEvent(new Event('scroll'));
}

function press(element: Element | null, key: string): void {
  element?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

beforeEach(async () => {
  isFocused.set(true);
  copied.length = 0;
  TestBed.configureTestingModule({
    providers: [
      provideTestI18n(),
      { provide: CHAT_VIEWER, useValue: signal(MONA) },
      FakeUploads,
      FakePolicies,
      { provide: Uploads, useExisting: FakeUploads },
      { provide: AttachmentPolicyStore, useExisting: FakePolicies },
      { provide: AttachmentFiles, useValue: { image: () => NEVER } },
      { provide: AttachmentApi, useValue: { link: () => NEVER } },
      { provide: PageFocus, useValue: { isFocused } },
      { provide: Clipboard, useValue: { copy: (text: string) => copied.push(text) > 0 } },
    ],
  });
  TestBed.overrideComponent(ConversationThreadComponent, {
    set: {
      providers: [
        { provide: ConversationStore, useClass: FakeConversationStore },
        FileIntake,
        ThreadAnnouncer,
        ThreadReading,
      ],
    },
  });
  fixture = TestBed.createComponent(ConversationThreadComponent);
  fixture.componentRef.setInput('target', 'mine');
  document.body.append(host());
  await fixture.whenStable();
  store = fixture.debugElement.injector.get(ConversationStore) as unknown as FakeConversationStore;
});

afterEach(() => {
  host().remove();
});

describe('states of a thread', () => {
  it('opens its conversation and shows what is coming while it loads', () => {
    expect(store.calls).toEqual(['open mine']);
    expect(find('[role=status].sc-visually-hidden').textContent).toContain('Loading');
    expect(host().querySelector('sc-skeleton')).not.toBeNull();
  });

  it('ux-51 shows a failure with a way to try again', async () => {
    store.failure.set(FAILURE);
    store.status.set('failed');
    await fixture.whenStable();
    expect(find('[role=alert]').textContent).toContain('The conversation could not be loaded');
    button('Try again')?.click();
    expect(store.calls).toContain('reload');
  });

  it('ux-50 greets a student and says what happens next', async () => {
    await ready();
    expect(find('h2').textContent).toBe('Hello Mona, how can we help?');
    expect(host().querySelectorAll('sc-thread-empty li')).toHaveLength(3);
  });

  it('says that a conversation has ended, and still lets one write', async () => {
    store.conversation.set({ ...CONVERSATION, is_active: false });
    await ready(storedItem(1, AMIR));
    expect(find('.ended').textContent).toContain('A new message opens it again');
    expect(host().querySelector('textarea')).not.toBeNull();
  });
});

describe('messages of a thread', () => {
  it('ux-60 are a labelled log with its live updates off', async () => {
    await ready(storedItem(1, AMIR));
    const log = find('[role=log]');
    expect([log.getAttribute('aria-live'), log.getAttribute('aria-label')]).toEqual([
      'off',
      'Messages',
    ]);
  });

  it('ux-14 stand under real headings of their days', async () => {
    await ready(storedItem(1, AMIR), storedItem(2, MONA));
    expect(host().querySelectorAll('h2 time')).toHaveLength(1);
  });

  it('keep their elements when a message on its way is stored', async () => {
    await ready(outgoingItem('a'));
    const [before] = articles();
    store.timeline.set([{ ...storedItem(1, MONA, { content: 'outgoing a' }), key: 'a' }]);
    await fixture.whenStable();
    expect(articles()).toEqual([before]);
    expect(find('sc-message-status').textContent.trim()).toBe('Sent');
  });

  it('ux-19 that failed can be sent again, copied and thrown away', async () => {
    await ready(outgoingItem('a', { state: 'failed', failure: FAILURE }));
    expect(textOf(articles()[0])).toBe('outgoing a');
    button('Try again')?.click();
    button('Copy')?.click();
    button('Delete')?.click();
    expect(store.calls.slice(1)).toEqual(['markRead', 'retry a', 'discard a']);
    expect(copied).toEqual(['outgoing a']);
  });

  it('ux-61 are walked through by arrows, Home and End, one stop for Tab', async () => {
    await ready(storedItem(1, AMIR), storedItem(2, MONA), storedItem(3, AMIR));
    const stops = () => articles().map(({ tabIndex }) => tabIndex);
    expect(stops()).toEqual([-1, -1, 0]);
    articles()[2]?.focus();
    press(document.activeElement, 'ArrowUp');
    expect(textOf(document.activeElement)).toBe('text 2');
    press(document.activeElement, 'Home');
    await fixture.whenStable();
    expect(textOf(document.activeElement)).toBe('text 1');
    expect(stops()).toEqual([0, -1, -1]);
    press(document.activeElement, 'End');
    expect(textOf(document.activeElement)).toBe('text 3');
  });

  it('ux-61 are left by Escape for the field', async () => {
    await ready(storedItem(1, AMIR));
    articles()[0]?.focus();
    press(document.activeElement, 'Escape');
    expect(document.activeElement).toBe(find('textarea'));
  });
});

describe('writing in a thread', () => {
  it('ux-32 shows the draft and keeps what is typed in it', async () => {
    store.draft.set('half a');
    await ready(storedItem(1, AMIR));
    const field = find('textarea') as HTMLTextAreaElement;
    expect(field.value).toBe('half a');
    field.value = 'half a sentence';
    field.dispatchEvent(new Event('input'));
    expect(store.draft()).toBe('half a sentence');
  });

  it('sends by the store', async () => {
    store.draft.set(' hello ');
    await ready(storedItem(1, AMIR));
    press(find('textarea'), 'Enter');
    expect(store.calls).toContain('send hello');
  });

  it('sends text alone while the part that uploads cannot be had, and keeps the files', async () => {
    store.conversation.set(CONVERSATION);
    Object.assign(fixture.componentInstance, {
      trayPart: () => Promise.reject(new Error('no such chunk')),
    });
    await ready();
    await fixture.whenStable();
    const file = new File(['x'], 'photo.jpg', { type: 'image/jpeg' });
    fixture.debugElement.injector.get(FileIntake).add([file]);
    store.draft.set('just text');
    await fixture.whenStable();
    press(find('textarea'), 'Enter');
    expect(store.calls).toContain('send just text');
    expect(TestBed.inject(FileHold).of(1)).toMatchObject({ files: [file], text: null });
    expect(find('.foot [role=alert]').textContent).toContain('Try again');
  });

  it('ux-62 keeps the focus where it is when messages come', async () => {
    await ready(storedItem(1, AMIR));
    const field = find('textarea');
    field.focus();
    store.timeline.update((items) => [...items, storedItem(2, AMIR)]);
    await fixture.whenStable();
    expect(document.activeElement).toBe(field);
  });
});

describe('reading a thread', () => {
  it('marks read what is in view, but only while somebody is at the page', async () => {
    isFocused.set(false);
    await ready(storedItem(1, AMIR));
    expect(store.calls).not.toContain('markRead');
    isFocused.set(true);
    await fixture.whenStable();
    expect(store.calls).toContain('markRead');
  });

  it('ux-17 counts what comes while one reads above, and leads there', async () => {
    await ready(storedItem(1, AMIR), storedItem(2, MONA));
    scrollTo(200);
    store.calls.length = 0;
    const more = [storedItem(3, AMIR), storedItem(4, MONA), storedItem(5, AMIR)];
    store.timeline.update((items) => [...items, ...more]);
    await fixture.whenStable();
    expect(find('sc-new-messages-button').textContent.trim()).toBe('2 new messages');
    expect(find('.scroller').scrollTop).toBe(200);
    expect(store.calls).not.toContain('markRead');

    button('2 new messages')?.click();
    await fixture.whenStable();
    expect(find('.scroller').scrollTop).toBe(1000);
    expect(host().querySelector('sc-new-messages-button')).toBeNull();
    expect(store.calls).toContain('markRead');
    expect(textOf(document.activeElement)).toBe('text 5');
  });

  it('ux-17 leads to the newest message for whoever follows the bell here', async () => {
    store.conversation.set({ id: 7 } as Conversation);
    await ready(storedItem(1, AMIR), storedItem(2, AMIR));
    scrollTo(200);
    TestBed.inject(NewestRequests).ask(8);
    expect(find('.scroller').scrollTop).toBe(200);
    TestBed.inject(NewestRequests).ask(7);
    expect(find('.scroller').scrollTop).toBe(1000);
    expect(textOf(document.activeElement)).toBe('text 2');
  });

  it('ux-17 follows what comes while one is at the end', async () => {
    await ready(storedItem(1, AMIR));
    scrollTo(900);
    store.timeline.update((items) => [...items, storedItem(2, AMIR)]);
    await fixture.whenStable();
    expect(find('.scroller').scrollTop).toBe(1000);
    expect(host().querySelector('sc-new-messages-button')).toBeNull();
  });

  it('ux-16 loads history until the first unread message is there, then opens', async () => {
    store.firstUnreadSeq.set(3);
    store.hasOlder.set(true);
    await ready(storedItem(5, AMIR));
    expect(store.calls).toEqual(['open mine', 'loadOlder']);
    expect(articles()).toHaveLength(0);
    await ready(storedItem(3, AMIR), storedItem(4, AMIR), storedItem(5, AMIR));
    expect(articles()).toHaveLength(3);
    expect(find('sc-unread-divider').textContent).toBe('New');
  });

  it('ux-16 opens without the first unread message where it cannot be loaded', async () => {
    store.firstUnreadSeq.set(1);
    store.hasOlder.set(true);
    await ready(storedItem(5, AMIR));
    store.olderFailure.set(FAILURE);
    await fixture.whenStable();
    expect(articles()).toHaveLength(1);
  });

  it('ux-18 loads history before its end is in view, and once at a time', async () => {
    await ready(storedItem(5, AMIR));
    store.hasOlder.set(true);
    scrollTo(500);
    expect(store.calls).not.toContain('loadOlder');
    scrollTo(140);
    expect(store.calls.filter((call) => call === 'loadOlder')).toHaveLength(1);
    store.loadingOlder.set(true);
    scrollTo(100);
    expect(store.calls.filter((call) => call === 'loadOlder')).toHaveLength(1);
  });

  it('ux-18 tells a failure of history with a retry, and tries no more by itself', async () => {
    await ready(storedItem(5, AMIR));
    store.hasOlder.set(true);
    store.olderFailure.set(FAILURE);
    await fixture.whenStable();
    scrollTo(0);
    expect(store.calls).not.toContain('loadOlder');
    expect(find('.edge').textContent).toContain('Earlier messages could not be loaded.');
    button('Try again')?.click();
    expect(store.calls).toContain('loadOlder');
  });

  it('ux-18 marks the start of the conversation', async () => {
    await ready(storedItem(1, AMIR));
    expect(find('.edge').textContent).toBe('This is the start of the conversation');
  });
});

describe('company in a thread', () => {
  it('tells a student whether support is there and how news comes, in words', async () => {
    await ready(storedItem(1, AMIR));
    expect(host().querySelector('sc-presence')).toBeNull();
    store.connectionStatus.set({ word: 'live', everySeconds: 3 });
    store.presence.set({ userOnline: true, staffOnline: true });
    await fixture.whenStable();
    expect(find('.status').textContent).toContain('Support is online');
    expect(find('.status').textContent).toContain('Live');
    store.presence.set({ userOnline: true, staffOnline: false });
    await fixture.whenStable();
    expect(find('.status').textContent).toContain('Support is away and answers later');
  });

  it('leaves that to the console for an admin', async () => {
    store.viewer.set(AMIR);
    await ready(storedItem(1, MONA));
    expect(host().querySelector('.status')).toBeNull();
  });

  it('ux-21 shows who writes above the field, and tells that the viewer does', async () => {
    await ready(storedItem(1, AMIR));
    store.typing.set(['Amir']);
    await fixture.whenStable();
    expect(find('sc-typing-line').textContent).toContain('Amir is typing…');
    store.typing.set(['Amir', 'Sara']);
    await fixture.whenStable();
    expect(find('sc-typing-line').textContent).toContain('Several people are typing…');

    const field = host().querySelector('textarea');
    if (!field) throw new Error('no field');
    field.value = 'H';
    field.dispatchEvent(new Event('input'));
    expect(store.calls).toContain('type');
  });
});

describe('files of a thread', () => {
  const file = new File(['x'], 'photo.jpg', { type: 'image/jpeg' });

  /** Of a part that comes after the thread. */
  async function shown(selector: string): Promise<HTMLElement> {
    while (!host().querySelector(selector)) {
      await new Promise((resolve) => setTimeout(resolve));
      await fixture.whenStable();
    }
    await fixture.whenStable();
    return find(selector);
  }

  async function loadTray(): Promise<FakeUploads> {
    await shown('sc-attachment-tray');
    return TestBed.inject(FakeUploads);
  }

  beforeEach(async () => {
    store.conversation.set(CONVERSATION);
    await ready();
  });

  it('ux-33 takes pasted files, and keeps the focus in the field', () => {
    const paste = new Event('paste', { bubbles: true, cancelable: true });
    find('textarea').dispatchEvent(
      Object.assign(paste, { clipboardData: { types: ['Files'], files: [file] } }),
    );
    expect(TestBed.inject(FileHold).of(1)?.files).toEqual([file]);
    expect(document.activeElement).toBe(find('textarea'));
  });

  it('ux-33 sends files with the text, or without one', async () => {
    const uploads = await loadTray();
    expect(find('.help').textContent).toContain('JPG, PDF up to 10 MB');
    uploads.list.set([readyUpload('a', PICTURE), readyUpload('b', DOCUMENT)]);
    await fixture.whenStable();
    press(find('textarea'), 'Enter');
    expect(store.calls).toContain('send  photo.jpg notes.pdf');
    expect(uploads.calls).toEqual(['sent photo.jpg,notes.pdf']);
  });

  it('ux-33 a message that waited goes out and leaves focus and place as they are', async () => {
    const uploads = await loadTray();
    uploads.list.set([uploadOf('a', { state: 'uploading' })]);
    store.draft.set('early');
    await ready(storedItem(1, AMIR));
    press(find('textarea'), 'Enter');
    expect(TestBed.inject(FileHold).of(1)?.text).toBe('early');
    articles()[0]?.focus();
    scrollTo(200);
    uploads.list.set([readyUpload('a', PICTURE)]);
    await fixture.whenStable();
    expect(uploads.calls).toEqual(['sent photo.jpg']);
    expect(document.activeElement).toBe(articles()[0]);
    expect(find('.scroller').scrollTop).toBe(200);
  });

  it('ux-33 sends no text without files that wait for the part that uploads them', async () => {
    fixture.debugElement.injector.get(FileIntake).add([file]);
    store.draft.set('with a photo');
    await fixture.whenStable();
    press(find('textarea'), 'Enter');
    expect(store.calls).not.toContain('send with a photo');
    const uploads = await loadTray();
    expect(uploads.calls).toEqual(['add 1 photo.jpg']);
    uploads.list.set([readyUpload('a', PICTURE)]);
    await fixture.whenStable();
    expect(uploads.calls).toEqual(['add 1 photo.jpg', 'sent photo.jpg']);
  });

  it('keeps what is dropped before it is known which conversation this is', async () => {
    store.conversation.set(null);
    fixture.debugElement.injector.get(FileIntake).add([file]);
    store.conversation.set(CONVERSATION);
    const uploads = await loadTray();
    expect(uploads.calls).toEqual(['add 1 photo.jpg']);
  });

  it('offers nothing where files are off', async () => {
    await loadTray();
    TestBed.inject(FakePolicies).policy.update((known) => known && { ...known, is_enabled: false });
    await fixture.whenStable();
    expect(host().querySelector('sc-attach-button')).toBeNull();
    expect(find('.help').textContent).not.toContain('Files');
  });

  it('ux-23 keeps the room of an image free before anything of it is loaded', async () => {
    await ready(storedItem(1, AMIR, { message_type: 'image', content: '', attachment: PICTURE }));
    const slot = find('sc-attachment-slot');
    expect(slot.style.getPropertyValue('--sc-ratio')).toBe('1.6');
    expect(slot.style.getPropertyValue('--sc-own')).toBe('1600');
    expect(slot.textContent).toContain('Image: photo.jpg');
    expect(host().querySelector('article sc-message-text')).toBeNull();
  });

  it('ux-20 reads nothing behind an image that is seen large, until it is closed', async () => {
    const image = { message_type: 'image', content: '', attachment: PICTURE } as const;
    await ready(storedItem(1, AMIR, image));
    fixture.debugElement.query(By.css('sc-attachment-slot')).triggerEventHandler('opened');
    const viewer = await shown('sc-image-viewer');
    store.calls.length = 0;
    store.timeline.update((items) => [...items, storedItem(2, AMIR)]);
    await fixture.whenStable();
    expect(store.calls).not.toContain('markRead');
    viewer.querySelector<HTMLElement>('[aria-label^="Close"]')?.click();
    await fixture.whenStable();
    expect(host().querySelector('sc-image-viewer')).toBeNull();
    expect(store.calls).toContain('markRead');
  });

  it('says that the file of a failed message is gone', async () => {
    const failure = { ...FAILURE, code: 'validation_failed' as const };
    await ready(outgoingItem('a', { attachment: PICTURE, state: 'failed', failure }));
    expect(find('.failure').textContent).toContain('The file is no longer on the server.');
  });
});
