import { Component, input, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { InboxStore } from '@support-chat/admin-data-access';
import { CHAT_VIEWER, type Presence, type Viewer } from '@support-chat/chat-data-access';
import type { Attachment, Conversation, Message } from '@support-chat/contracts';
import { provideTestI18n } from '@support-chat/ui/testing';
import { InboxComponent } from './inbox.component';
import { AMIR, FAILURE, FakeInboxStore, conversation } from './testing/fake-inbox.store';

/** Stands where the console's routes put the thread. */
@Component({ selector: 'sc-thread-stand-in', template: 'thread {{ conversationId() }}' })
class ThreadStandInComponent {
  readonly conversationId = input<string>();
  readonly conversation = signal<Conversation | null>(null);
  readonly presence = signal<Presence | null>(null);
}

let seeEnd: (() => void) | undefined;
// jsdom lays nothing out: the test says when the end of the list comes near.
globalThis.IntersectionObserver = class {
  constructor(callback: IntersectionObserverCallback) {
    const entry = { isIntersecting: true } as IntersectionObserverEntry;
    seeEnd = () => {
      callback([entry], this as unknown as IntersectionObserver);
    };
  }
  observe = () => undefined;
  unobserve = () => undefined;
  disconnect = () => undefined;
} as unknown as typeof IntersectionObserver;
let isListVisible = true;
HTMLElement.prototype.checkVisibility = () => isListVisible;

let harness: RouterTestingHarness;
let store: FakeInboxStore;

const host = () => harness.fixture.nativeElement as HTMLElement;
const find = (selector: string): HTMLElement => {
  const found = host().querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
};
const links = () => [...host().querySelectorAll<HTMLAnchorElement>('sc-inbox-row a')];
const wordsOf = (element: Element | undefined) =>
  element?.textContent.replaceAll(/\s+/gu, ' ').trim() ?? '';
const button = (name: string) =>
  [...host().querySelectorAll('button')].find((b) => wordsOf(b) === name);
const url = () => TestBed.inject(Router).url;
const press = (key: string) =>
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));

async function open(path: string, ...rows: Conversation[]): Promise<void> {
  harness = await RouterTestingHarness.create();
  document.body.append(host());
  await harness.navigateByUrl(path, InboxComponent);
  const debug = harness.routeDebugElement;
  store = debug?.injector.get(InboxStore) as unknown as FakeInboxStore;
  store.rows.set(rows);
  store.status.set('ready');
  await harness.fixture.whenStable();
}

beforeEach(() => {
  isListVisible = true;
  const viewer = signal<Viewer | null>(AMIR);
  TestBed.configureTestingModule({
    providers: [
      provideTestI18n(),
      { provide: CHAT_VIEWER, useValue: viewer },
      provideRouter(
        [
          {
            path: '',
            component: InboxComponent,
            children: [
              { path: 'conversations/:conversationId', component: ThreadStandInComponent },
            ],
          },
        ],
        withComponentInputBinding(),
      ),
    ],
  });
  TestBed.overrideComponent(InboxComponent, {
    set: { providers: [{ provide: InboxStore, useClass: FakeInboxStore }] },
  });
});

afterEach(() => {
  host().remove();
});

describe('rows of the inbox', () => {
  it('ux-3 say who, what last and how many are unread', async () => {
    await open('/', conversation(1, { unread_count: 120 }), conversation(2, { is_active: false }));
    expect(wordsOf(links()[0])).toContain('Student 1');
    expect(wordsOf(links()[0])).toContain('hello 1');
    expect(wordsOf(links()[0])).toMatch(/99\+120 unread messages$/u);
    expect(wordsOf(links()[1])).toMatch(/Ended$/u);
  });

  it('ux-3 tell whose words the preview shows', async () => {
    const lena: Viewer = { id: 101, name: 'Lena', role: 'admin' };
    await open(
      '/',
      conversation(1, {}, AMIR),
      conversation(2, {}, lena),
      conversation(3, { last_message: null }),
    );
    const previews = links().map((link) => wordsOf(link.querySelector('.preview') ?? undefined));
    expect(previews).toEqual(['You:hello 1', 'Lena:hello 2', 'No messages yet']);
  });

  it('ux-3 say that the last message was deleted, rather than nothing', async () => {
    const { last_message: message, ...rest } = conversation(1);
    const deleted_at = '2026-11-22T10:00:00.000Z';
    await open('/', { ...rest, last_message: message && { ...message, content: '', deleted_at } });
    expect(wordsOf(links()[0]?.querySelector('.preview') ?? undefined)).toBe(
      'This message was deleted',
    );
  });

  it('ux-3 ux-23 show by icon and name what the last message carries', async () => {
    const file: Attachment = {
      id: 1,
      name: 'notes.pdf',
      media_type: 'application/pdf',
      size: 10,
      width: null,
      height: null,
      has_thumbnail: false,
    };
    const carrying = (id: number, more: Partial<Message>): Conversation => {
      const { last_message: message, ...rest } = conversation(id);
      return { ...rest, last_message: message && { ...message, attachment: file, ...more } };
    };
    await open(
      '/',
      carrying(1, { message_type: 'file', content: '' }),
      carrying(2, { message_type: 'image', content: 'my page' }),
    );
    const previews = links().map((link) => wordsOf(link.querySelector('.preview') ?? undefined));
    expect(previews).toEqual(['File: notes.pdf', 'Image: my page']);
    expect(links().every((link) => link.querySelector('.preview svg'))).toBe(true);
  });

  it('ux-11 are links of their own that keep the filters', async () => {
    await open('/?unread=true', conversation(7));
    expect(links()[0]?.getAttribute('href')).toBe('/conversations/7?unread=true');
    links()[0]?.click();
    await harness.fixture.whenStable();
    expect(url()).toBe('/conversations/7?unread=true');
    expect(wordsOf(find('.pane'))).toContain('thread 7');
    expect(links()[0]?.getAttribute('aria-current')).toBe('page');
  });

  it('ux-7 are walked through by arrows, Home and End, one stop for Tab', async () => {
    await open('/', conversation(1), conversation(2), conversation(3));
    expect(links().map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
    links()[0]?.focus();
    press('ArrowDown');
    await harness.fixture.whenStable();
    expect(document.activeElement).toBe(links()[1]);
    expect(links().map(({ tabIndex }) => tabIndex)).toEqual([-1, 0, -1]);
    press('End');
    expect(document.activeElement).toBe(links()[2]);
    press('ArrowDown');
    expect(document.activeElement).toBe(links()[2]);
    press('Home');
    expect(document.activeElement).toBe(links()[0]);
  });

  it('ux-4 keep their places while somebody has the focus in them or points at them', async () => {
    await open('/', conversation(1), conversation(2));
    const list = find('sc-inbox-list');
    store.calls.length = 0;
    links()[0]?.focus();
    links()[1]?.focus();
    list.dispatchEvent(new MouseEvent('pointerenter'));
    expect(store.calls.at(-1)).toBe('hold true');
    find('input[type=search]').focus();
    expect(store.calls.at(-1)).toBe('hold false');
  });

  it('ux-4 wait behind a button that says how many there are', async () => {
    await open('/', conversation(1));
    store.heldUpdates.set(3);
    await harness.fixture.whenStable();
    button('3 updates')?.click();
    expect(store.calls).toContain('showHeldUpdates');
  });
});

describe('states of the inbox', () => {
  it('ux-12 show grey rows while loading', async () => {
    await open('/');
    store.status.set('loading');
    await harness.fixture.whenStable();
    expect(host().querySelector('sc-inbox-list sc-skeleton')).not.toBeNull();
  });

  it('ux-51 tell a failure with a way to try again', async () => {
    await open('/');
    store.failure.set(FAILURE);
    store.status.set('failed');
    await harness.fixture.whenStable();
    expect(find('[role=alert]').textContent).toContain('The conversations could not be loaded');
    button('Try again')?.click();
    expect(store.calls).toContain('reload');
  });

  it.each([
    ['/', 'No conversations yet'],
    ['/?unread=true', 'All read'],
    ['/?active=true', 'No active conversations'],
    ['/?active=false', 'No ended conversations'],
    ['/?search=zoe', 'Nothing found for “zoe”'],
  ])('ux-50 explain why %s is empty', async (path, heading) => {
    await open(path);
    expect(wordsOf(find('sc-inbox-list h2'))).toBe(heading);
  });

  it('ux-50 lead from an empty filter back to everything, the open conversation kept', async () => {
    await open('/conversations/7?unread=true&search=x');
    button('Show all conversations')?.click();
    await harness.fixture.whenStable();
    expect(url()).toBe('/conversations/7');
  });

  it('ux-12 load more before the end is reached, and once at a time', async () => {
    await open('/', conversation(1));
    store.hasMore.set(true);
    await harness.fixture.whenStable();
    seeEnd?.();
    store.loadingMore.set(true);
    seeEnd?.();
    expect(store.calls.filter((call) => call === 'loadMore')).toHaveLength(1);
  });

  it('tell when more could not be loaded, and try again only when asked', async () => {
    await open('/', conversation(1));
    store.hasMore.set(true);
    store.moreFailure.set(FAILURE);
    await harness.fixture.whenStable();
    seeEnd?.();
    expect(store.calls).not.toContain('loadMore');
    button('Try again')?.click();
    expect(store.calls).toContain('loadMore');
  });
});

describe('filters of the inbox', () => {
  it('ux-6 are read from the address', async () => {
    await open('/?active=false&empty=true&search=zoe');
    expect(store.filters()).toEqual({ unread: false, active: false, empty: true, search: 'zoe' });
    expect(find('input[type=search]')).toHaveProperty('value', 'zoe');
    expect(find('input[value=ended]')).toHaveProperty('checked', true);
  });

  it('ux-6 go into the address', async () => {
    await open('/');
    find('input[value=unread]').click();
    await harness.fixture.whenStable();
    expect(url()).toBe('/?unread=true');
    find('input[type=checkbox]').click();
    await harness.fixture.whenStable();
    expect(url()).toBe('/?unread=true&empty=true');
    expect(store.filters()).toMatchObject({ unread: true, empty: true });
  });

  it('ux-5 search once the typing rests, and take a pending search along', async () => {
    await open('/');
    const field = find('input[type=search]') as HTMLInputElement;
    for (const text of ['z', 'zo', 'zoe']) {
      field.value = text;
      field.dispatchEvent(new Event('input'));
    }
    find('input[value=active]').click();
    await harness.fixture.whenStable();
    expect(url()).toBe('/?active=true&search=zoe');
    expect(store.calls.filter((call) => call.startsWith('show'))).toHaveLength(2);
  });
});

describe('the open conversation', () => {
  it('is headed by name and address from the list, and by the thread where the list lacks it', async () => {
    await open('/conversations/7', conversation(7));
    expect(wordsOf(find('sc-conversation-header .who'))).toBe('Student 7student7@example.org');
    store.rows.set([]);
    const thread = harness.fixture.debugElement.query(
      ({ componentInstance }) => componentInstance instanceof ThreadStandInComponent,
    ).componentInstance as ThreadStandInComponent;
    thread.conversation.set(conversation(7));
    await harness.fixture.whenStable();
    expect(wordsOf(find('sc-conversation-header .who'))).toBe('Student 7student7@example.org');
  });

  it('says in words whether its student is online, and nothing while nobody can tell', async () => {
    await open('/conversations/7', conversation(7));
    expect(host().querySelector('sc-presence')).toBeNull();
    const thread = harness.fixture.debugElement.query(
      ({ componentInstance }) => componentInstance instanceof ThreadStandInComponent,
    ).componentInstance as ThreadStandInComponent;
    for (const [userOnline, words] of [
      [true, 'Online'],
      [false, 'Offline'],
    ] as const) {
      thread.presence.set({ userOnline, staffOnline: true });
      await harness.fixture.whenStable();
      expect(wordsOf(find('sc-presence'))).toBe(words);
    }
  });

  it('is ended only after a yes', async () => {
    await open('/conversations/7', conversation(7));
    button('End conversation')?.click();
    await harness.fixture.whenStable();
    button('Cancel')?.click();
    await harness.fixture.whenStable();
    expect(host().querySelector('dialog')).toBeNull();
    expect(store.calls.filter((call) => call.startsWith('close'))).toEqual([]);

    button('End conversation')?.click();
    await harness.fixture.whenStable();
    find('dialog .sc-button--primary').click();
    expect(store.calls).toContain('close 7');
  });

  it('says when it has ended, and when ending it failed', async () => {
    await open('/conversations/7', conversation(7, { is_active: false }));
    store.closeFailure.set(FAILURE);
    await harness.fixture.whenStable();
    expect(button('End conversation')).toBeUndefined();
    expect(wordsOf(find('sc-conversation-header .ended'))).toBe('Ended');
    expect(find('.failure').textContent).toContain('The conversation could not be ended.');
  });

  it('ux-62 leaves the focus in the list where there is room for both', async () => {
    await open('/', conversation(7));
    links()[0]?.focus();
    links()[0]?.click();
    await harness.fixture.whenStable();
    expect(document.activeElement).toBe(links()[0]);
  });

  it('ux-54 takes the focus along on phones, and gives it back to its row', async () => {
    await open('/', conversation(1), conversation(7));
    isListVisible = false;
    links()[1]?.click();
    await harness.fixture.whenStable();
    expect(document.activeElement?.tagName).toBe('H2');
    find('.back').click();
    await harness.fixture.whenStable();
    expect(url()).toBe('/');
    expect(document.activeElement).toBe(links()[1]);
  });
});
