import { jest } from '@jest/globals';
import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { type WritableSignal, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { CHAT_VIEWER, ChatSocket, type SocketEvent } from '@support-chat/chat-data-access';
import { Subject } from 'rxjs';
import { DEFAULT_FILTERS } from './inbox-filters';
import { InboxStore } from './inbox.store';
import { ModelInbox } from './testing/model-inbox';

describe('InboxStore with a socket', () => {
  let server: HttpTestingController;
  let store: InboxStore;
  let model: ModelInbox;
  let events: Subject<SocketEvent>;
  let isUp: WritableSignal<boolean>;

  const asked = () => server.match(({ url }) => url.startsWith('/api/chat/conversations/'));
  const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

  /** Answers what was asked; tells how often that was. */
  function answer(): number {
    const calls = asked();
    for (const call of calls) call.flush(model.page(0, 30), { headers: { ETag: '"a"' } });
    return calls.length;
  }

  function news(id: number): void {
    model.write(id);
    const conversation = model.all().find((one) => one.id === id);
    if (!conversation) throw new Error('no such conversation');
    events.next({ type: 'inbox', conversation, unread_count: 1 });
  }

  beforeEach(async () => {
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    events = new Subject();
    isUp = signal(true);
    TestBed.configureTestingModule({
      providers: [
        InboxStore,
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: ChatSocket, useValue: { inbox: () => events, events$: events, isUp } },
        { provide: CHAT_VIEWER, useValue: signal({ id: 2, name: 'admin', role: 'admin' }) },
      ],
    });
    server = TestBed.inject(HttpTestingController);
    store = TestBed.inject(InboxStore);
    model = new ModelInbox();
    for (let id = 1; id <= 5; id += 1) model.write(id);
    store.show(DEFAULT_FILTERS);
    answer();
    await pass(5_000);
    answer();
  });

  afterEach(() => {
    TestBed.resetTestingModule();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('asks every 30 s while news is pushed, and at once when there is some', async () => {
    await pass(20_000);
    expect(answer()).toBe(0);
    news(1);
    expect(answer()).toBe(1);
    expect(store.rows()[0]?.id).toBe(1);
    expect(store.connectionStatus().word).toBe('live');
  });

  it('asks once a second at most, however much happens', async () => {
    let count = 0;
    for (let n = 0; n < 50; n += 1) {
      news(1 + (n % 5));
      await pass(100);
      count += answer();
    }
    expect(count).toBeLessThanOrEqual(6);
    await pass(3_000);
    answer();
    expect(store.rows().map(({ revision }) => revision)).toEqual(
      model.all().map(({ revision }) => revision),
    );
  });

  it('R08 asks at once when the socket is lost, and at the full pace from then on', async () => {
    isUp.set(false);
    events.next({ type: 'lost' });
    expect(answer()).toBe(1);
    await pass(6_000);
    expect(answer()).toBeGreaterThanOrEqual(1);
    model.write(3);
    await pass(4_000);
    answer();
    expect(store.rows()[0]?.id).toBe(3);
  });
});
