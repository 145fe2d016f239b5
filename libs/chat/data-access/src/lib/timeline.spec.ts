import { foldHistory, startValue } from './fold-updates';
import { ModelServer } from './testing/model-server';
import { type OutboxEntry, timelineOf } from './timeline';

describe('timelineOf', () => {
  const entry = (clientId: string, conversationId = 7): OutboxEntry => ({
    clientId,
    conversationId,
    content: clientId,
    attachment: null,
    queuedAt: 1,
    state: 'sending',
    failure: null,
  });
  const valueOf = (server: ModelServer) =>
    foldHistory(startValue(server.conversation()), server.history(100, 100));

  it('R08 never shows a message twice, though it is stored and still in the outbox', () => {
    const server = new ModelServer();
    server.send('user', 'AAA');
    const items = timelineOf(valueOf(server), [entry('aaa'), entry('bbb')], 1);
    expect(items).toMatchObject([
      { kind: 'message', key: '1:aaa' },
      { kind: 'outgoing', key: '1:bbb' },
    ]);
  });

  it('keeps messages apart that two people gave the same id', () => {
    const server = new ModelServer();
    server.send('user', 'same');
    server.send('admin', 'same');
    const keys = timelineOf(valueOf(server), [], 1).map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
  });

  it('shows what is on its way only in its own conversation', () => {
    expect(timelineOf(valueOf(new ModelServer()), [entry('aaa', 8)], 1)).toEqual([]);
  });
});
