import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { SOCKET_CLOSES, type UpdatesFrame } from '@support-chat/contracts';
import { type Observable, Subscription, of, throwError } from 'rxjs';
import { chatTestBed } from '../testing/chat-test-bed';
import { FakeWebSocket } from '../testing/fake-web-socket';
import { ModelServer } from '../testing/model-server';
import { CHAT_ACCESS, type SocketToken } from './chat-access';
import { ChatSocket, type SocketEvent } from './chat.socket';

const last = () => FakeWebSocket.last();
const opened = () => FakeWebSocket.opened.length;

describe('ChatSocket', () => {
  let socket: ChatSocket;
  let current: () => Observable<SocketToken>;
  let refused: string[];
  let events: SocketEvent[];
  let listening: Subscription;
  let tokens = 0;

  const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);
  const listen = (id = 7, after = 3) =>
    socket.conversation(id, () => after).subscribe((event) => events.push(event));

  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    FakeWebSocket.install();
    refused = [];
    events = [];
    tokens = 0;
    current = () => of({ value: `token ${(tokens += 1)}`, renewAt: Date.now() + 870_000 });
    const access = { current: () => current(), refused: (value: string) => refused.push(value) };
    chatTestBed(undefined, [{ provide: CHAT_ACCESS, useValue: access }]);
    socket = TestBed.inject(ChatSocket);
    listening = new Subscription();
  });

  afterEach(() => {
    listening.unsubscribe();
    TestBed.resetTestingModule();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('is not opened before somebody needs it, and closed when nobody does', async () => {
    socket.events$.subscribe();
    expect(opened()).toBe(0);
    const one = listen(7);
    const other = listen(8);
    expect(opened()).toBe(1);
    expect(last().url).toBe('ws://localhost/api/chat/socket');
    last().welcome();
    one.unsubscribe();
    await pass(30_000);
    last().say({ type: 'heartbeat' });
    expect(last().isOpen).toBe(true);
    other.unsubscribe();
    await pass(2_000);
    expect(last().isOpen).toBe(false);
    expect(socket.isUp()).toBe(false);
    await pass(300_000);
    expect(opened()).toBe(1);
  });

  it('says first who it is, and asks for nothing before it is known', () => {
    listening.add(listen());
    last().accept();
    expect(last().sent).toEqual([{ type: 'authenticate', token: 'token 1' }]);
    expect(socket.isUp()).toBe(false);
    last().welcome();
    expect(socket.isUp()).toBe(true);
    expect(last().sent.slice(1)).toEqual([{ type: 'subscribe', conversation_id: 7, after: 3 }]);
  });

  it('brings each listener the news of its conversation alone', () => {
    listening.add(listen(7));
    last().welcome();
    const frame = (id: number): UpdatesFrame => {
      const model = new ModelServer(id);
      model.send('admin');
      const updates = model.updates(0);
      if (!updates) throw new Error('no news');
      return { type: 'updates', conversation_id: id, ...updates };
    };
    last().say(frame(8));
    last().say(frame(7));
    expect(events).toEqual([{ type: 'up' }, frame(7)]);
  });

  it('subscribes to the inbox once for all who listen', () => {
    listening.add(socket.inbox().subscribe());
    listening.add(socket.inbox().subscribe());
    last().welcome();
    listening.add(socket.inbox().subscribe());
    expect(last().sent.filter(({ type }) => type === 'subscribe_inbox')).toHaveLength(1);
  });

  it('R15 identifies again before the token ends, without a new subscription', async () => {
    listening.add(listen());
    last().welcome();
    for (let beat = 0; beat < 44; beat += 1) {
      await pass(20_000);
      last().say({ type: 'heartbeat' });
    }
    expect(last().sent.map(({ type }) => type)).toEqual([
      'authenticate',
      'subscribe',
      'authenticate',
    ]);
    last().welcome();
    expect(last().sent).toHaveLength(3);
    expect(opened()).toBe(1);
  });

  it('R15 R17 has the token renewed once when the server no longer accepts it', async () => {
    listening.add(listen());
    last().welcome();
    last().end(SOCKET_CLOSES.identityLost);
    expect(refused).toEqual(['token 1']);
    await pass(1_000);
    expect(opened()).toBe(2);
    last().welcome();
    expect(last().sent[0]).toEqual({ type: 'authenticate', token: 'token 2' });
    expect(events.map(({ type }) => type)).toEqual(['up', 'lost', 'up']);
  });

  it('waits for a session where there is none, and goes on when there is one again', async () => {
    current = () => throwError(() => new Error('nobody'));
    listening.add(listen());
    await pass(30_000);
    expect(opened()).toBe(0);
    current = () => of({ value: 'new', renewAt: Date.now() + 870_000 });
    dispatchEvent(new Event('online'));
    await pass(1_000);
    expect(opened()).toBe(1);
  });

  it('R22 gives up a line that says nothing for two heartbeats', async () => {
    listening.add(listen());
    last().welcome(20);
    await pass(39_000);
    last().say({ type: 'heartbeat' });
    await pass(39_000);
    expect(socket.isUp()).toBe(true);
    await pass(2_000);
    expect(events.at(-1)).toEqual({ type: 'lost' });
    await pass(10_000);
    expect(opened()).toBe(2);
  });

  it('R22 gives up a server that takes the connection and never answers', async () => {
    listening.add(listen());
    last().accept();
    await pass(30_000);
    expect(opened()).toBe(2);
  });

  it('R22 finds on waking up that the line died while the machine slept', async () => {
    listening.add(listen());
    last().welcome(20);
    jest.setSystemTime(Date.now() + 3_600_000);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(socket.isUp()).toBe(false);
    await pass(10_000);
    expect(opened()).toBe(2);
  });

  it('is lost with the network, and back with it at once', async () => {
    listening.add(listen());
    last().welcome();
    const online = jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    dispatchEvent(new Event('offline'));
    expect(socket.isUp()).toBe(false);
    await pass(1_000);
    expect(opened()).toBe(1);
    online.mockReturnValue(true);
    dispatchEvent(new Event('online'));
    await pass(1_000);
    expect(opened()).toBe(2);
  });

  it('R23 keeps to the pause the server asked for, also when the person comes back', async () => {
    listening.add(listen());
    last().welcome();
    last().end(SOCKET_CLOSES.tryLater);
    dispatchEvent(new Event('online'));
    await pass(29_000);
    expect(opened()).toBe(1);
    await pass(2_000);
    expect(opened()).toBe(2);
  });

  it('asks again later for what the server could not serve', async () => {
    listening.add(listen());
    last().welcome();
    const detail = 'later';
    last().say({ type: 'error', code: 'unavailable', detail, conversation_id: 7 });
    expect(events.at(-1)).toMatchObject({ type: 'error', code: 'unavailable' });
    await pass(31_000);
    last().welcome();
    expect(last().sent.at(-1)).toEqual({ type: 'subscribe', conversation_id: 7, after: 3 });
  });

  it('ux-21 tells of typing while it is up, and drops it otherwise', () => {
    listening.add(listen());
    last().accept();
    socket.typing(7);
    last().welcome();
    socket.typing(7);
    expect(last().sent.filter(({ type }) => type === 'typing')).toEqual([
      { type: 'typing', conversation_id: 7 },
    ]);
  });
});
