import { jest } from '@jest/globals';
import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { SOCKET_CLOSES } from '@support-chat/contracts';
import fc from 'fast-check';
import { of } from 'rxjs';
import { ConversationStore } from './conversation.store';
import { CHAT_ACCESS } from './socket/chat-access';
import { USER, chatTestBed, refuse } from './testing/chat-test-bed';
import { FakeBroadcastChannel } from './testing/fake-broadcast-channel';
import { FakeWebSocket } from './testing/fake-web-socket';
import { ModelServer } from './testing/model-server';
import { ModelSocket } from './testing/model-socket';
import { serve } from './testing/served';

const STEP_MS = 250;

describe('ConversationStore with a socket', () => {
  let server: HttpTestingController;
  let model: ModelServer;
  let line: ModelSocket;
  let store: ConversationStore;
  let asked: string[];

  const seqs = () =>
    store.timeline().flatMap((item) => (item.kind === 'message' ? [item.message.seq] : []));
  const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
  const polls = () => asked.filter((call) => call.includes('/updates/')).length;

  /** Lets time pass, with the server answering and nothing shown that should not be. */
  async function pass(milliseconds: number): Promise<void> {
    for (let past = 0; past < milliseconds; past += STEP_MS) {
      TestBed.tick();
      line.run();
      asked.push(...serve(server, model));
      await jest.advanceTimersByTimeAsync(STEP_MS);
      if (past % 20_000 === 0) line.beat();
      TestBed.tick();
      line.run();
      asked.push(...serve(server, model));
      expect(seqs()).toEqual(upTo(seqs().length));
      expect(['connecting', 'live']).toContain(store.connection().state);
    }
  }

  async function start(): Promise<void> {
    localStorage.clear();
    FakeWebSocket.install();
    FakeBroadcastChannel.install();
    model = new ModelServer();
    line = new ModelSocket(model);
    asked = [];
    const access = {
      current: () => of({ value: 'token', renewAt: Date.now() + 870_000 }),
      refused: () => undefined,
    };
    const providers = [ConversationStore, { provide: CHAT_ACCESS, useValue: access }];
    ({ server } = chatTestBed(USER, providers));
    store = TestBed.inject(ConversationStore);
    store.open('mine');
    await pass(5_000);
  }

  beforeEach(async () => {
    jest.useFakeTimers();
    await start();
  });

  afterEach(() => {
    TestBed.resetTestingModule();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('shows what is pushed at once, and polls but every 30 s', async () => {
    model.send('admin');
    line.run();
    expect(seqs()).toEqual([1]);
    asked = [];
    await pass(60_000);
    expect(polls()).toBeGreaterThan(0);
    expect(polls()).toBeLessThanOrEqual(3);
  });

  it('R08 polls at once when the socket is lost, and at the full pace until it is back', async () => {
    line.refuses = true;
    asked = [];
    line.cut();
    TestBed.tick();
    asked.push(...serve(server, model));
    expect(polls()).toBe(1);
    await pass(9_000);
    expect(polls()).toBeGreaterThanOrEqual(3);
  });

  it('R07 asks by itself for what a pushed body does not continue', () => {
    model.send('admin');
    const gap = model.updates(0);
    model.send('admin');
    const later = model.updates(1);
    if (!gap || !later) throw new Error('no news');
    asked = [];
    FakeWebSocket.last().say({ type: 'updates', conversation_id: 7, ...later });
    expect(seqs()).toEqual([]);
    TestBed.tick();
    asked.push(...serve(server, model));
    expect(polls()).toBe(1);
    expect(seqs()).toEqual([1, 2]);
  });

  it('R07 loads afresh when the socket says resync, as when a poll does', async () => {
    model.send('admin');
    await pass(1_000);
    const detail = 'Load afresh.';
    FakeWebSocket.last().say({ type: 'error', code: 'resync', detail, conversation_id: 7 });
    TestBed.tick();
    const [poll] = server.match(({ url }) => url.endsWith('/updates/'));
    if (!poll) throw new Error('nothing was asked');
    refuse(poll, 409, 'resync');
    expect(store.status()).toBe('ready');
    asked = [];
    await pass(1_000);
    expect(asked.join()).toContain('GET /api/chat/conversation/');
    expect(seqs()).toEqual([1]);
  });

  it('ux-48 says in words how news comes, and leaves short gaps unmentioned', async () => {
    expect(store.connectionStatus().word).toBe('live');
    line.refuses = true;
    line.cut();
    await pass(4_000);
    expect(store.connectionStatus().word).toBe('live');
    await pass(3_000);
    expect(store.connectionStatus()).toEqual({ word: 'polling', everySeconds: 3 });
    line.refuses = false;
    await pass(30_000);
    expect(store.connectionStatus().word).toBe('live');
  });

  it('R08 refused and allowed ten times: nothing missing, double or late, and no flicker', async () => {
    let sent = 0;
    for (let round = 0; round < 10; round += 1) {
      document.dispatchEvent(new Event('pointermove')); // Somebody looks: else polls are rarer.
      line.refuses = round % 2 === 0;
      line.cut(round % 3 === 0 ? SOCKET_CLOSES.restarting : undefined);
      for (let n = 0; n < 3; n += 1) {
        model.send('admin');
        sent += 1;
        await pass(STEP_MS);
      }
      await pass(10_000 - STEP_MS);
      expect(seqs()).toEqual(upTo(sent));
    }
  });

  it('R07 R08 whatever the line does, and whenever: each message once, in order', async () => {
    const step = fc.oneof(
      fc.constant('send'),
      fc.constant('read'),
      fc.constant('cut'),
      fc.constant('hang'),
      fc.constant('refuse'),
      fc.constant('allow'),
      fc.constant('wait'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        await start();
        let sent = 0;
        for (const what of steps) {
          if (what === 'send') {
            model.send('admin', null, 'text');
            sent += 1;
          }
          if (what === 'read') model.read(sent);
          if (what === 'cut') line.cut();
          if (what === 'hang') line.hang();
          if (what === 'refuse') line.refuses = true;
          if (what === 'allow') line.refuses = false;
          await pass(what === 'wait' ? 6_000 : STEP_MS);
        }
        await pass(45_000); // A line that died unnoticed is found within two heartbeats.
        expect(seqs()).toEqual(upTo(sent));
        const held = store
          .timeline()
          .map((item) => item.kind === 'message' && item.message.is_read);
        expect(held).toEqual(model.all().map((message) => message.is_read));
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it('ux-21 shows who types until they send or stop, and says so for the viewer', async () => {
    const typing = () => {
      const user = { id: 2, name: 'Amir', role: 'admin' as const };
      const about = { conversation_id: 7, expires_in_ms: 6_000 };
      FakeWebSocket.last().say({ type: 'typing', user, ...about });
      TestBed.tick();
    };
    typing();
    expect(store.typing()).toEqual(['Amir']);
    await pass(5_000);
    typing();
    await pass(5_000);
    expect(store.typing()).toEqual(['Amir']);
    await pass(2_000);
    expect(store.typing()).toEqual([]);
    typing();
    model.send('admin');
    await pass(STEP_MS);
    expect(store.typing()).toEqual([]);

    for (let key = 0; key < 20; key += 1) {
      store.type();
      await pass(STEP_MS);
    }
    const told = FakeWebSocket.last().sent.filter(({ type }) => type === 'typing');
    expect(told).toHaveLength(2);
  });

  it('ux-21 says anew that the viewer writes after a message, as soon as it may', async () => {
    const told = () => FakeWebSocket.last().sent.filter(({ type }) => type === 'typing').length;
    store.type();
    store.send('first');
    await pass(1_000);
    store.type();
    expect(told()).toBe(1);
    await pass(2_500);
    expect(told()).toBe(2);

    store.send('second');
    store.type();
    store.send('third');
    await pass(4_000);
    expect(told()).toBe(2);
  });

  it('tells who is online while somebody can, and nothing when nobody can', async () => {
    const about = { conversation_id: 7, user_online: true, staff_online: false };
    FakeWebSocket.last().say({ type: 'presence', ...about });
    TestBed.tick();
    expect(store.presence()).toEqual({ userOnline: true, staffOnline: false });
    line.refuses = true;
    line.cut();
    await pass(6_000);
    expect(store.presence()).toBeNull();
  });
});
