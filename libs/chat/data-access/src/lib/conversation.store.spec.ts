import { jest } from '@jest/globals';
import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { ConversationStore } from './conversation.store';
import { Receipts } from './receipts';
import { ADMIN, USER, chatTestBed, cut, refuse } from './testing/chat-test-bed';
import { ModelServer } from './testing/model-server';
import { serve } from './testing/served';

describe('ConversationStore', () => {
  let server: HttpTestingController;
  let model: ModelServer;
  let store: ConversationStore;

  const shown = () =>
    store.timeline().map((item) => (item.kind === 'message' ? item.message : item.entry).content);
  const polls = () => server.match(({ url }) => url.endsWith('/updates/'));

  function start(who = USER): void {
    ({ server } = chatTestBed(who, [ConversationStore]));
    store = TestBed.inject(ConversationStore);
  }

  /** Lets time pass and the server answer everything asked in it. */
  async function pass(milliseconds = 0): Promise<string[]> {
    TestBed.tick();
    const asked = serve(server, model);
    await jest.advanceTimersByTimeAsync(milliseconds);
    TestBed.tick();
    return [...asked, ...serve(server, model)];
  }

  async function open(): Promise<string[]> {
    store.open('mine');
    return [...(await pass()), ...(await pass()), ...(await pass())];
  }

  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    localStorage.clear();
    model = new ModelServer();
    start();
  });

  afterEach(() => {
    TestBed.resetTestingModule();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('loads the conversation before its messages and then asks for changes', async () => {
    model.send('user');
    expect(store.status()).toBe('idle');
    const asked = await open();
    expect(asked.filter((call) => !call.includes('unread-count'))).toEqual([
      'GET /api/chat/conversation/?resume=true',
      'GET /api/chat/conversations/7/messages/?before=2&page_size=50',
      'GET /api/chat/conversations/7/updates/?after=1',
    ]);
    expect(store.status()).toBe('ready');
    expect(store.connection().state).toBe('live');
    model.send('admin', null, 'news');
    await pass(3_000);
    expect(shown()).toEqual(['text', 'news']);
  });

  it('asks for no messages where there are none', async () => {
    expect(await open()).not.toContainEqual(expect.stringContaining('/messages/'));
    expect(store.hasOlder()).toBe(false);
    expect(store.timeline()).toEqual([]);
  });

  it('ux-16 loads back to the first unread message and remembers it', async () => {
    for (let i = 0; i < 30; i += 1) model.send('user');
    for (let i = 0; i < 120; i += 1) model.send('admin');
    await open();
    expect(store.firstUnreadSeq()).toBe(31);
    store.markRead();
    await pass(3_000);
    await pass(3_000);
    expect(model.conversation().unread_count).toBe(0);
    expect(store.firstUnreadSeq()).toBe(31);
  });

  it('ux-18 loads older messages on demand, and again after a failure', async () => {
    for (let i = 0; i < 130; i += 1) model.send('user', null, `${i + 1}`);
    await open();
    expect(store.timeline()).toHaveLength(50);
    store.loadOlder();
    store.loadOlder();
    expect(store.loadingOlder()).toBe(true);
    const page = server.expectOne(({ url }) => url.endsWith('/messages/'));
    expect(page.request.params.get('before')).toBe('81');
    refuse(page, 500, 'internal_error');
    expect(store.olderFailure()).toMatchObject({ code: 'internal_error' });
    expect(store.loadingOlder()).toBe(false);

    store.loadOlder();
    await pass();
    store.loadOlder();
    await pass();
    expect(store.olderFailure()).toBeNull();
    expect(store.hasOlder()).toBe(false);
    expect(shown()).toEqual(model.all().map(({ content }) => content));
  });

  it('ux-19 shows a message at once and keeps its key when the server has it', async () => {
    await open();
    store.draft.set(' hello ');
    expect(store.send(' hello ')).toBe(true);
    expect(store.draft()).toBe('');
    const [outgoing] = store.timeline();
    expect(outgoing).toMatchObject({ kind: 'outgoing', entry: { content: 'hello' } });
    await pass();
    const [stored] = store.timeline();
    expect(stored).toMatchObject({ kind: 'message', key: outgoing?.key });
    await pass(3_000);
    expect(store.timeline()).toHaveLength(1);
  });

  it('R04 a message whose answer was lost leaves the outbox with the poll that brings it', async () => {
    await open();
    store.send('hello');
    TestBed.tick();
    const send = server.expectOne(({ method }) => method === 'POST');
    const { client_message_id: id } = send.request.body as { client_message_id: string };
    cut(send);
    model.send('user', id.toUpperCase(), 'hello');
    await jest.advanceTimersByTimeAsync(900);
    dispatchEvent(new Event('online'));
    for (const poll of polls()) poll.flush(model.updates(0));
    expect(store.timeline()).toMatchObject([{ kind: 'message' }]);
    expect(localStorage).toHaveLength(0);
  });

  it('ux-39 sends nothing empty or longer than the limit, and keeps the draft', async () => {
    await open();
    store.draft.set('   ');
    expect(store.send('   ')).toBe(false);
    expect(store.send('😀'.repeat(4001))).toBe(false);
    expect(store.draft()).toBe('   ');
    expect(store.send('😀'.repeat(4000))).toBe(true);
  });

  it('ux-32 keeps drafts apart and finds them after a reload', async () => {
    await open();
    store.draft.set('for seven');
    TestBed.tick();
    start();
    await open();
    expect(store.draft()).toBe('for seven');
    model = new ModelServer(8);
    await open();
    expect(store.draft()).toBe('');
  });

  it('marks as read only what is held, once, and again after a failure', async () => {
    const seen = model.send('admin');
    await open();
    const unseen = model.send('admin');
    store.markRead();
    store.markRead();
    const reads = ({ url }: { url: string }) => url.endsWith('/mark-read/');
    const read = server.expectOne(reads);
    expect(read.request.body).toEqual({ message_ids: [seen.id] });
    cut(read);
    await pass(3_000);
    const again = server.expectOne(reads);
    expect(again.request.body).toEqual({ message_ids: [seen.id] });
    again.flush({ marked_read: 1 });
    await pass(3_000);
    server.expectNone(reads);
    expect(model.all().find(({ id }) => id === unseen.id)?.is_read).toBe(false);

    store.markRead();
    expect(server.expectOne(reads).request.body).toEqual({ message_ids: [unseen.id] });
  });

  it('ux-44 says how far it was seen, also where somebody else has read it before', async () => {
    const { id } = model.send('user');
    await open();
    const { lastSeen } = TestBed.inject(Receipts);
    expect(lastSeen()).toBeNull();
    store.markRead();
    expect(lastSeen()?.id).toBe(id);
  });

  it('tells that messages arrived when they are not read', async () => {
    await open();
    model.send('admin');
    await pass(3_000);
    const asked = await pass(1_500);
    expect(asked).toContain('POST /api/chat/conversations/7/delivered/');
    expect(await pass(6_000)).not.toContain('POST /api/chat/conversations/7/delivered/');
  });

  it('ux-47 says when the connection is lost, not at the first failure, and recovers', async () => {
    await open();
    const answers = [cut, cut, cut];
    const states: string[] = [];
    for (const answer of answers) {
      await jest.advanceTimersByTimeAsync(4_000);
      for (const poll of polls()) answer(poll);
      states.push(store.connection().state);
    }
    expect(states).toEqual(['live', 'reconnecting', 'reconnecting']);
    expect(store.status()).toBe('ready');
    await pass(16_000);
    expect(store.connection().state).toBe('live');
  });

  it('ux-47 names being offline at once', async () => {
    await open();
    const online = jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    dispatchEvent(new Event('offline'));
    for (const poll of polls()) cut(poll);
    expect(store.connection().state).toBe('offline');
    online.mockReturnValue(true);
    dispatchEvent(new Event('online'));
    await pass();
    expect(store.connection().state).toBe('live');
  });

  it('R07 loads afresh when the server says resync, with the screen left as it is', async () => {
    model.send('admin', null, 'before');
    await open();
    store.send('unsent');
    TestBed.tick();
    cut(server.expectOne(({ method }) => method === 'POST'));
    await jest.advanceTimersByTimeAsync(3_000);
    model = new ModelServer();
    model.send('admin', null, 'after the restore');
    for (const poll of polls()) refuse(poll, 409, 'resync');
    expect(store.status()).toBe('ready');
    expect(shown()).toEqual(['before', 'unsent']);
    await pass();
    await pass();
    expect(shown()[0]).toBe('after the restore');
  });

  it('keeps trying to load while the server is away', async () => {
    store.open('mine');
    cut(server.expectOne('/api/chat/conversation/?resume=true'));
    expect(store.status()).toBe('failed');
    expect(store.failure()).toMatchObject({ code: 'unreachable' });
    await pass(3_000);
    await pass();
    expect(store.status()).toBe('ready');
    expect(store.failure()).toBeNull();
  });

  it('stops at a conversation that is not there', async () => {
    start(ADMIN);
    store.open(9);
    refuse(server.expectOne('/api/chat/conversations/9/'), 404, 'not_found');
    expect(store.failure()).toMatchObject({ code: 'not_found' });
    expect((await pass(60_000)).join()).not.toContain('/conversations/');
  });

  it('drops older messages that come when another conversation is open', async () => {
    start(ADMIN);
    for (let i = 0; i < 60; i += 1) model.send('user');
    store.open(7);
    await pass();
    await pass();
    store.loadOlder();
    const page = server.expectOne(({ url }) => url.endsWith('/messages/'));
    store.open(8);
    expect(page.cancelled).toBe(true);
    expect(store.loadingOlder()).toBe(false);
  });

  it('follows only the conversation opened last', async () => {
    start(ADMIN);
    model = new ModelServer(8);
    store.open(8);
    await pass();
    await pass();
    model = new ModelServer(9);
    store.open(9);
    expect(store.status()).toBe('loading');
    await pass();
    const asked = await pass(9_000);
    expect(asked.join()).toContain('/conversations/9/');
    expect(asked.join()).not.toContain('/conversations/8/');
  });
});
