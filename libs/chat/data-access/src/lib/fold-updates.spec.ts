import type { Updates } from '@support-chat/contracts';
import fc from 'fast-check';
import {
  type ConversationValue,
  foldHistory,
  foldMessages,
  foldUpdates,
  messagesOf,
  startValue,
} from './fold-updates';
import { ModelServer } from './testing/model-server';

/** What people may do to a conversation: write as either side, or read the n-th message. */
const step = fc.oneof(
  fc.constantFrom('user' as const, 'admin' as const),
  fc.integer({ min: 1, max: 30 }),
);
const numbers = fc.array(fc.nat({ max: 80 }), { minLength: 80, maxLength: 80 });
const steps = fc.array(step, { maxLength: 40 });

function act(server: ModelServer, what: 'user' | 'admin' | number): void {
  if (typeof what === 'number') server.read(what);
  else server.send(what);
}

function after(...runs: ('user' | 'admin' | number)[][]): ModelServer {
  const server = new ModelServer();
  runs.flat().forEach((what) => {
    act(server, what);
  });
  return server;
}

function catchUp(value: ConversationValue, server: ModelServer, size: number): ConversationValue {
  const updates = server.updates(value.revision, size);
  return updates ? catchUp(foldUpdates(value, updates), server, size) : value;
}

const whole = (server: ModelServer) =>
  foldHistory(startValue(server.conversation()), server.history(1e9, 1e9));

function expectFresh(value: ConversationValue, server: ModelServer): void {
  expect(value.revision).toBe(server.conversation().revision);
  expect(value.conversation).toEqual(server.conversation());
  expect(messagesOf(value)).toEqual(server.all());
}

describe('foldUpdates', () => {
  it('R11 snapshot and updates make a fresh snapshot, however they are cut', () => {
    fc.assert(
      fc.property(steps, steps, fc.integer({ min: 1, max: 5 }), (before, later, size) => {
        const value = whole(after(before));
        const server = after(before, later);
        expectFresh(catchUp(value, server, size), server);
      }),
    );
  });

  it('R07 any order and any duplicate of bodies gives the same value', () => {
    fc.assert(
      fc.property(steps, steps, numbers, numbers, (before, later, afters, ranks) => {
        const server = after(before);
        const start = whole(server);
        const bodies: { body: Updates; rank: number }[] = [];
        later.forEach((what, i) => {
          act(server, what);
          const body = server.updates(afters[i] ?? 0, 3);
          if (body)
            bodies.push({ body, rank: ranks[2 * i] ?? 0 }, { body, rank: ranks[2 * i + 1] ?? 0 });
        });
        const shuffled = bodies.sort((a, b) => a.rank - b.rank).map(({ body }) => body);
        const value = shuffled.reduce(foldUpdates, start);
        expectFresh(catchUp(value, server, 3), server);
      }),
    );
  });

  it('R07 an older body after a newer one, or the same twice, is the very same value', () => {
    fc.assert(
      fc.property(steps, steps, (before, later) => {
        const start = whole(after(before));
        const older = after(before, later.slice(0, 3)).updates(start.revision);
        const newer = after(before, later).updates(start.revision);
        const value = newer ? foldUpdates(start, newer) : start;
        expect(newer ? foldUpdates(value, newer) : value).toBe(value);
        expect(older ? foldUpdates(value, older) : value).toBe(value);
      }),
    );
  });

  it('R07 a body from beyond what is held leaves the hole to be asked for', () => {
    const server = after(['user', 'admin', 'user']);
    const start = whole(after(['user']));
    const beyond = server.updates(2);
    const value = beyond ? foldUpdates(start, beyond) : start;
    expect(value.revision).toBe(start.revision);
    expectFresh(catchUp(value, server, 100), server);
  });

  it('the answer to a send and the poll that brings it again are one message', () => {
    const server = after(['admin']);
    const start = whole(server);
    const message = server.send('user');
    const sent = foldMessages(start, [message]);
    expect(messagesOf(sent)).toHaveLength(2);
    expectFresh(catchUp(sent, server, 100), server);
  });

  it('ux-18 shows only gapless history, though older messages may change', () => {
    const server = after(Array.from({ length: 10 }, () => 'user'));
    const latest = foldHistory(startValue(server.conversation()), server.history(11, 4));
    server.read(2);
    const changed = catchUp(latest, server, 100);
    expect(messagesOf(changed).map(({ seq }) => seq)).toEqual([7, 8, 9, 10]);

    const more = foldHistory(changed, server.history(changed.fromSeq, 100));
    expect(more.fromSeq).toBe(1);
    expectFresh(more, server);
  });

  it('a page of history never undoes a newer change', () => {
    const server = after(['user', 'user']);
    const stale = server.history(3, 2);
    server.read(1);
    const value = foldHistory(whole(server), stale);
    expectFresh(value, server);
  });
});
