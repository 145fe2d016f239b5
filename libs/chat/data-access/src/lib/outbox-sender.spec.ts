import { jest } from '@jest/globals';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { SendMessageBody } from '@support-chat/contracts';
import type { HttpTestingController, TestRequest } from '@angular/common/http/testing';
import { Attention } from './attention';
import { Composing } from './composing';
import { Outbox } from './outbox';
import { OutboxSender } from './outbox-sender';
import { type ChatTestBed, USER, chatTestBed, cut, refuse } from './testing/chat-test-bed';
import { stagedAttachment } from './testing/files';
import { ModelServer } from './testing/model-server';

const SEND = '/api/chat/conversations/7/messages/';
const bodyOf = ({ request }: TestRequest) => request.body as SendMessageBody;

describe('OutboxSender', () => {
  let server: HttpTestingController;
  let outbox: Outbox;
  let model: ModelServer;

  function start(bed: ChatTestBed): void {
    server = bed.server;
    outbox = TestBed.inject(Outbox);
    TestBed.inject(OutboxSender);
  }

  /** Lets effects and promises run on. */
  async function pass(milliseconds = 0): Promise<void> {
    TestBed.tick();
    await jest.advanceTimersByTimeAsync(milliseconds);
  }

  async function queue(...texts: string[]): Promise<void> {
    for (const text of texts) outbox.add(7, text);
    await pass();
  }

  function accept(request: TestRequest): void {
    const { content, client_message_id: id } = bodyOf(request);
    request.flush(model.send('user', id ?? null, content ?? ''));
  }

  function lockWith(request: (name: string, work: () => Promise<unknown>) => Promise<unknown>) {
    Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true });
  }

  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    localStorage.clear();
    model = new ModelServer();
    start(chatTestBed());
  });

  afterEach(() => {
    Reflect.deleteProperty(navigator, 'locks');
    TestBed.resetTestingModule();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('sends in order, one at a time', async () => {
    await queue('one', 'two');
    const first = server.expectOne(SEND);
    expect(bodyOf(first).content).toBe('one');
    accept(first);
    await pass();
    const second = server.expectOne(SEND);
    expect(bodyOf(second).content).toBe('two');
    accept(second);
    await pass();
    expect(outbox.entries()).toEqual([]);
    server.verify();
  });

  it('sends what is queued in the very moment the last one is accepted', async () => {
    await queue('one');
    TestBed.inject(OutboxSender).accepted$.subscribe(() => {
      if (outbox.entries().length === 1) outbox.add(7, 'two');
    });
    accept(server.expectOne(SEND));
    await pass();
    expect(bodyOf(server.expectOne(SEND)).content).toBe('two');
  });

  it('R04 retries a cut line with the same id until it is through', async () => {
    await queue('hello');
    const ids = new Set<string | undefined>();
    for (const wait of [1_000, 2_000, 4_000]) {
      const request = server.expectOne(SEND);
      ids.add(bodyOf(request).client_message_id);
      cut(request);
      await pass(wait - 1);
      server.expectNone(SEND);
      await pass(1);
    }
    const last = server.expectOne(SEND);
    ids.add(bodyOf(last).client_message_id);
    accept(last);
    await pass();
    expect(ids.size).toBe(1);
    expect(outbox.entries()).toEqual([]);
  });

  it('ux-47 sends at once when the browser is online again', async () => {
    await queue('hello');
    cut(server.expectOne(SEND));
    await pass();
    TestBed.inject(Attention).wake();
    await pass();
    server.expectOne(SEND);
  });

  it('ux-19 a refused message fails with its reason and keeps its text; the next is sent', async () => {
    await queue('bad', 'good');
    refuse(server.expectOne(SEND), 409, 'conversation_closed');
    await pass();
    expect(outbox.entries()[0]).toMatchObject({
      content: 'bad',
      state: 'failed',
      failure: { code: 'conversation_closed', requestId: 'req-1' },
    });
    const good = server.expectOne(SEND);
    expect(bodyOf(good).content).toBe('good');
    accept(good);
    await pass();

    const failed = outbox.entries()[0];
    outbox.retry(failed?.clientId ?? '');
    await pass();
    expect(bodyOf(server.expectOne(SEND)).client_message_id).toBe(failed?.clientId);
  });

  it('waits as long as the server asks, though woken', async () => {
    await queue('hello');
    refuse(server.expectOne(SEND), 429, 'rate_limited', { 'Retry-After': '7' });
    await pass(6_000);
    TestBed.inject(Attention).wake();
    await pass(999);
    server.expectNone(SEND);
    await pass(1);
    server.expectOne(SEND);
    expect(outbox.entries()[0]?.state).toBe('sending');
  });

  it('ux-33 sends files in order, the text with the first', async () => {
    const composing = TestBed.runInInjectionContext(() => new Composing(signal(7)));
    composing.send(' two files ', [stagedAttachment(1), stagedAttachment(2)]);
    await pass();
    const first = server.expectOne(SEND);
    expect(bodyOf(first)).toMatchObject({ content: 'two files', attachment_id: 1 });
    accept(first);
    await pass();
    expect(bodyOf(server.expectOne(SEND))).toMatchObject({ content: '', attachment_id: 2 });
  });

  it('ux-49 waits for a new sign-in', async () => {
    await queue('hello');
    refuse(server.expectOne(SEND), 401, 'unauthenticated');
    await pass();
    expect(outbox.entries()[0]?.state).toBe('sending');
    TestBed.inject(Attention).wake();
    await pass();
    server.expectOne(SEND);
  });

  it('gives up an answer that never comes, and asks again', async () => {
    await queue('hello');
    const lost = server.expectOne(SEND);
    await pass(30_000);
    expect(lost.cancelled).toBe(true);
    await pass(1_000);
    server.expectOne(SEND);
  });

  it('ux-19 goes on after a reload with the same id', async () => {
    await queue('hello');
    const { client_message_id: id } = bodyOf(server.expectOne(SEND));
    start(chatTestBed());
    await pass();
    expect(bodyOf(server.expectOne(SEND))).toEqual({ content: 'hello', client_message_id: id });
  });

  it("never sends another person's messages", async () => {
    await queue('hello');
    start(chatTestBed({ ...USER, id: 9 }));
    await pass();
    server.expectNone(SEND);
    expect(outbox.entries()).toEqual([]);
  });

  it('ux-46 sends where the browser refuses locks', async () => {
    lockWith(() => Promise.reject(new DOMException('Access is denied.', 'SecurityError')));
    await queue('hello');
    accept(server.expectOne(SEND));
    await pass();
    expect(outbox.entries()).toEqual([]);
  });

  it('ux-19 goes on when the browser breaks a lock', async () => {
    lockWith(async (_name, work) => {
      await work();
      throw new DOMException('The lock was broken.', 'AbortError');
    });
    await queue('one');
    accept(server.expectOne(SEND));
    await queue('two');
    await pass(1_000);
    expect(bodyOf(server.expectOne(SEND)).content).toBe('two');
  });

  it('does not send what another tab has sent while this one waited', async () => {
    let free: () => void = () => undefined;
    lockWith(async (_name, work) => {
      await new Promise<void>((resolve) => (free = resolve));
      return work();
    });
    await queue('hello');
    localStorage.clear();
    free();
    await pass();
    server.expectNone(SEND);
    expect(outbox.entries()).toEqual([]);
  });
});
