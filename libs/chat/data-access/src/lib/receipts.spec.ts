import { jest } from '@jest/globals';
import type { HttpTestingController } from '@angular/common/http/testing';
import type { WritableSignal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { DeliveredBody, MarkMessagesReadBody, Message } from '@support-chat/contracts';
import { Receipts } from './receipts';
import { ADMIN, chatTestBed, cut, refuse } from './testing/chat-test-bed';
import { ModelServer } from './testing/model-server';
import type { Viewer } from './viewer';

const READ = '/api/chat/messages/mark-read/';
const DELIVERED = '/api/chat/conversations/7/delivered/';
const DELIVERED_AFTER_MS = 1_500;

describe('Receipts', () => {
  let server: HttpTestingController;
  let viewer: WritableSignal<Viewer | null>;
  let receipts: Receipts;
  let messages: Message[];

  const idsOf = (...texts: Message[]) => texts.map(({ id }) => id);
  const read = () => {
    const call = server.expectOne(READ);
    return { call, ids: (call.request.body as MarkMessagesReadBody).message_ids };
  };
  const delivered = () => {
    const call = server.expectOne(DELIVERED);
    return { call, seq: (call.request.body as DeliveredBody).seq };
  };

  function see(...seen: Message[]): void {
    const newest = seen.at(-1);
    if (newest) receipts.seen(newest, seen);
  }

  /** Refuses every call that names one of these; @returns what was told. */
  function answerReads(refused: readonly number[]): number[] {
    const told: number[] = [];
    for (let call = server.match(READ)[0]; call; call = server.match(READ)[0]) {
      const { message_ids: ids } = call.request.body as MarkMessagesReadBody;
      if (ids.some((id) => refused.includes(id))) refuse(call, 404, 'not_found');
      else {
        told.push(...ids);
        call.flush({ marked_read: ids.length });
      }
    }
    return told;
  }

  beforeEach(() => {
    jest.useFakeTimers();
    ({ server, viewer } = chatTestBed(ADMIN));
    receipts = TestBed.inject(Receipts);
    const model = new ModelServer();
    messages = Array.from({ length: 9 }, () => model.send('user'));
  });

  afterEach(() => {
    TestBed.resetTestingModule();
    jest.useRealTimers();
  });

  it('ux-20 tells nobody else’s: what one person saw is gone when another signs in', () => {
    const [first, second] = messages as [Message, Message];
    see(first);
    refuse(read().call, 401, 'unauthenticated');
    viewer.set(null);
    viewer.set({ ...ADMIN, id: 3 });
    expect(receipts.lastSeen()).toBeNull();
    expect(receipts.hasSeen(first.id)).toBe(false);
    receipts.retry();
    server.expectNone(READ);
    see(second);
    expect(read().ids).toEqual(idsOf(second));
  });

  it('ux-20 goes on with the next person’s once a call of the one before is answered', () => {
    const [first, second, third] = messages as [Message, Message, Message];
    see(first, second);
    const { call } = read();
    viewer.set({ ...ADMIN, id: 3 });
    see(third);
    refuse(call, 404, 'not_found');
    expect(read().ids).toEqual(idsOf(third));
  });

  it('ux-20 forgets with the person what arrived', () => {
    receipts.arrived(messages);
    viewer.set({ ...ADMIN, id: 3 });
    jest.advanceTimersByTime(DELIVERED_AFTER_MS);
    server.expectNone(DELIVERED);
  });

  it('ux-20 one message that the server refuses does not keep the others unread', () => {
    const ids = idsOf(...messages);
    const [, , , bad] = ids as [number, number, number, number];
    see(...messages);
    expect(answerReads([bad])).toEqual(ids.filter((id) => id !== bad));
    receipts.retry();
    server.expectNone(READ);
  });

  it('ux-20 keeps for the next try what no answer came to', () => {
    see(...messages);
    cut(read().call);
    server.expectNone(READ);
    receipts.retry();
    expect(read().ids).toEqual(idsOf(...messages));
  });

  it('ux-20 tells of what arrived while it was telling', () => {
    receipts.arrived(messages.slice(0, 1));
    jest.advanceTimersByTime(DELIVERED_AFTER_MS);
    const first = delivered();
    receipts.arrived(messages.slice(0, 2));
    jest.advanceTimersByTime(DELIVERED_AFTER_MS);
    server.expectNone(DELIVERED);
    first.call.flush(null);
    const second = delivered();
    expect([first.seq, second.seq]).toEqual([1, 2]);
    second.call.flush(null);
    receipts.retry();
    jest.advanceTimersByTime(DELIVERED_AFTER_MS);
    server.expectNone(DELIVERED);
  });

  it('ux-20 tells again that messages arrived where the server was away, unless it refused', () => {
    receipts.arrived(messages.slice(0, 1));
    jest.advanceTimersByTime(DELIVERED_AFTER_MS);
    refuse(delivered().call, 503, 'unavailable');
    receipts.retry();
    jest.advanceTimersByTime(DELIVERED_AFTER_MS);
    refuse(delivered().call, 404, 'not_found');
    receipts.retry();
    jest.advanceTimersByTime(DELIVERED_AFTER_MS);
    server.expectNone(DELIVERED);
  });

  it('ux-20 does not tell that arrived what was read meanwhile', () => {
    receipts.arrived(messages);
    see(...messages);
    read().call.flush({ marked_read: messages.length });
    jest.advanceTimersByTime(DELIVERED_AFTER_MS);
    server.expectNone(DELIVERED);
  });
});
