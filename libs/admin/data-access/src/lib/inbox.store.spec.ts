import { jest } from '@jest/globals';
import { provideHttpClient } from '@angular/common/http';
import {
  HttpTestingController,
  type TestRequest,
  provideHttpClientTesting,
} from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { CHAT_ACCESS, CHAT_VIEWER } from '@support-chat/chat-data-access';
import { NEVER } from 'rxjs';
import { DEFAULT_FILTERS } from './inbox-filters';
import { InboxStore } from './inbox.store';
import { ModelInbox } from './testing/model-inbox';

const PAGE = 30;

describe('InboxStore', () => {
  let server: HttpTestingController;
  let store: InboxStore;
  let model: ModelInbox;

  const ids = () => store.rows().map(({ id }) => id);
  const calls = () => server.match(({ url }) => url.startsWith('/api/chat/conversations/'));
  const only = (): TestRequest => {
    const [call, ...rest] = calls();
    if (!call || rest.length > 0) throw new Error('expected exactly one call');
    return call;
  };

  function answer(call = only(), tag = '"a"'): void {
    const from = Number(new URL(call.request.urlWithParams, 'http://x').searchParams.get('cursor'));
    call.flush(model.page(from, PAGE), { headers: { ETag: tag } });
  }

  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    TestBed.configureTestingModule({
      providers: [
        InboxStore,
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: CHAT_ACCESS, useValue: { current: () => NEVER, refused: () => undefined } },
        { provide: CHAT_VIEWER, useValue: signal({ id: 2, name: 'admin', role: 'admin' }) },
      ],
    });
    server = TestBed.inject(HttpTestingController);
    store = TestBed.inject(InboxStore);
    model = new ModelInbox();
    for (let id = 1; id <= 70; id += 1) model.write(id);
  });

  afterEach(() => {
    TestBed.resetTestingModule();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('asks for conversations with messages and polls with the tag of the last answer', async () => {
    store.show(DEFAULT_FILTERS);
    const first = only();
    expect(first.request.params.toString()).toBe('cursor=&page_size=30&has_messages=true');
    answer(first);
    expect(store.status()).toBe('ready');
    await jest.advanceTimersByTimeAsync(3_000);
    const second = only();
    expect(second.request.headers.get('If-None-Match')).toBe('"a"');
    second.flush(null, { status: 304, statusText: 'Not Modified' });
    expect(ids()).toHaveLength(30);
    expect(store.connection().state).toBe('live');
  });

  it('shows another view from its top, without the tag of the one before', () => {
    store.show(DEFAULT_FILTERS);
    answer();
    store.show({ unread: true, active: false, empty: true, search: ' ann ' });
    expect(store.status()).toBe('loading');
    const { request } = only();
    expect(request.params.toString()).toBe(
      'cursor=&page_size=30&unread=true&active=false&search=ann',
    );
    expect(request.headers.has('If-None-Match')).toBe(false);
  });

  it('ux-12 keeps the pages scrolled to while the top is polled', async () => {
    store.show(DEFAULT_FILTERS);
    answer();
    store.loadMore();
    store.loadMore();
    answer();
    expect(ids()).toHaveLength(60);
    model.write(1);
    await jest.advanceTimersByTimeAsync(3_000);
    answer();
    expect(ids()).toEqual(
      model
        .all()
        .slice(0, 61)
        .map(({ id }) => id),
    );
    store.loadMore();
    answer();
    expect(store.hasMore()).toBe(false);
    expect(ids()).toHaveLength(70);
  });

  it('tells why a page did not come, and loads it again', () => {
    store.show(DEFAULT_FILTERS);
    answer();
    store.loadMore();
    only().error(new ProgressEvent('error'));
    expect(store.moreFailure()).toMatchObject({ code: 'unreachable' });
    expect(store.loadingMore()).toBe(false);
    expect(ids()).toHaveLength(30);
    store.loadMore();
    expect(store.moreFailure()).toBeNull();
    answer();
    expect(ids()).toHaveLength(60);
  });

  it('ux-4 holds the order under the pointer until it leaves', async () => {
    store.show(DEFAULT_FILTERS);
    answer();
    const before = ids();
    store.holdOrder(true);
    model.write(50);
    await jest.advanceTimersByTimeAsync(3_000);
    answer();
    expect(ids()).toEqual(before);
    expect(store.heldUpdates()).toBe(1);
    store.showHeldUpdates();
    expect(ids()[0]).toBe(50);
    expect(store.heldUpdates()).toBe(0);

    model.write(60);
    await jest.advanceTimersByTimeAsync(3_000);
    answer();
    expect(ids()[0]).toBe(50);
    store.holdOrder(false);
    expect(ids()[0]).toBe(60);
  });

  it('ux-4 holds the order of another view too, once it is there', async () => {
    store.show(DEFAULT_FILTERS);
    answer();
    store.holdOrder(true);
    store.show({ ...DEFAULT_FILTERS, unread: true });
    answer();
    const before = ids();
    model.write(50);
    await jest.advanceTimersByTimeAsync(3_000);
    answer();
    expect(ids()).toEqual(before);
  });

  it('knows where the list goes on after new rows have come to its top', async () => {
    store.show(DEFAULT_FILTERS);
    answer();
    model.write(71);
    await jest.advanceTimersByTimeAsync(3_000);
    answer();
    expect(ids()).toHaveLength(31);
    store.loadMore();
    answer();
    expect(ids()).toEqual(
      model
        .all()
        .slice(0, ids().length)
        .map(({ id }) => id),
    );
  });

  it('keeps the rows when the server goes away', async () => {
    store.show(DEFAULT_FILTERS);
    answer();
    for (let i = 0; i < 2; i += 1) {
      await jest.advanceTimersByTimeAsync(3_000);
      only().error(new ProgressEvent('error'));
    }
    expect(store.status()).toBe('ready');
    expect(store.connection().state).toBe('reconnecting');
    await jest.advanceTimersByTimeAsync(4_000);
    answer();
    expect(store.connection().state).toBe('live');
  });

  it('says why there is nothing to show, and gets over it', async () => {
    store.show(DEFAULT_FILTERS);
    only().error(new ProgressEvent('error'));
    expect(store.status()).toBe('failed');
    store.reload();
    expect(store.status()).toBe('loading');
    answer();
    await jest.advanceTimersByTimeAsync(0);
    expect(store.status()).toBe('ready');
  });

  it('ends a conversation and shows it at once; tells when that failed', () => {
    store.show(DEFAULT_FILTERS);
    answer();
    store.close(70);
    server
      .expectOne('/api/admin/conversations/70/close/')
      .flush({ code: 'forbidden' }, { status: 403, statusText: '' });
    expect(store.closeFailure()).toMatchObject({ code: 'forbidden' });

    store.close(70);
    expect(store.closeFailure()).toBeNull();
    server
      .expectOne('/api/admin/conversations/70/close/')
      .flush(model.change(70, { is_active: false }));
    expect(store.rows()[0]).toMatchObject({ id: 70, is_active: false });
    only();
  });
});
