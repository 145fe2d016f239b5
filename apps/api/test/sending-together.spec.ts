import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { API_ROUTES, type Conversation, type Message, type Page } from '@support-chat/contracts';
import { randomUUID } from 'node:crypto';
import type { QueryResultRow } from 'pg';
import { SEND_MESSAGES } from '../src/chat/messages/message-group.statement';
import { MessageStore } from '../src/chat/messages/message-store';
import { Database, Transaction, type Statement } from '../src/platform/database/database';
import { eventually } from './support/eventually';
import {
  createTestApp,
  problemOf,
  type Answer,
  type Person,
  type TestApp,
} from './support/test-app';

interface Writer {
  by: Person;
  conversationId: number;
}

/** What an array literal of PostgreSQL could be confused by. */
const TEXTS = [
  'NULL',
  '{}',
  '"',
  '\\',
  '{a,"b"}',
  "'; --",
  'a\nb',
  '\u{1F9D1}\u200D\u{1F393}',
  ',',
];

describe('messages of the same moment', () => {
  let test: TestApp;
  let writers: Writer[];

  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(async () => test.close());

  beforeEach(async () => {
    writers = await Promise.all(TEXTS.map(newWriter));
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const newWriter = async (): Promise<Writer> => {
    const by = await test.person();
    const { body } = await by.get<Conversation>(API_ROUTES.myConversation);
    return { by, conversationId: body.id };
  };
  const send = async ({ by, conversationId }: Writer, content: string): Promise<Answer<Message>> =>
    by.post<Message>(API_ROUTES.messages(conversationId), {
      content,
      client_message_id: randomUUID(),
    });
  const sendAll = async (): Promise<Answer<Message>[]> =>
    Promise.all(writers.map(async (writer, n) => send(writer, TEXTS[n] ?? '')));
  /** Keeps both lanes busy until all have come; `groups` are the conversations of what ran then. */
  const sendAllTogether = async (): Promise<{ answers: Answer<Message>[]; groups: unknown[] }> => {
    const before = await Promise.all([newWriter(), newWriter()]);
    const database = test.app.get(Database);
    const { write } = database;
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const writes = jest.spyOn(database, 'write').mockImplementation(async (...statement) => {
      await opened;
      return write.apply(database, statement);
    });
    const store = jest.spyOn(test.app.get(MessageStore), 'store');
    const sending = [
      Promise.all(before.map(async (writer) => send(writer, 'before'))),
      (async () => {
        await eventually(() => {
          expect(writes).toHaveBeenCalledTimes(2);
        });
        return sendAll();
      })(),
    ] as const;
    await eventually(() => {
      expect(store).toHaveBeenCalledTimes(2 + writers.length);
    });
    open();
    const [, answers] = await Promise.all(sending);
    return { answers, groups: writes.mock.calls.slice(2).map(([, values]) => values[0]) };
  };
  const stored = async ({ by, conversationId }: Writer): Promise<string[]> => {
    const { body } = await by.get<Page<Message>>(API_ROUTES.messages(conversationId));
    return body.results.map(({ content }) => content).reverse();
  };

  it('go together, and each is what it would be alone', async () => {
    const { answers, groups } = await sendAllTogether();
    expect(groups).toEqual([expect.arrayContaining(writers.map((w) => w.conversationId))]);
    for (const [n, { status, body }] of answers.entries()) {
      expect([status, body.content, body.seq, body.revision]).toEqual([201, TEXTS[n], 1, 1]);
      expect(body.conversation_id).toBe(writers[n]?.conversationId);
      expect(body.sender.id).toBe(writers[n]?.by.id);
    }
    expect(await Promise.all(writers.map(stored))).toEqual(TEXTS.map((text) => [text]));
  });

  it('one that is refused takes no other with it', async () => {
    const [closed] = writers as [Writer];
    const admin = await test.person('admin');
    await admin.post(API_ROUTES.closeConversation(closed.conversationId));
    await closed.by.post(API_ROUTES.myConversation);
    const { answers, groups } = await sendAllTogether();
    expect(groups[0]).toEqual(expect.arrayContaining(writers.map((w) => w.conversationId)));
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.map((answer) => problemOf(answer).code)).toEqual(['conversation_closed']);
    const texts = await Promise.all(writers.map(stored));
    expect(texts).toEqual(TEXTS.map((text, n) => (n === 0 ? [] : [text])));
  });

  it('wait for no conversation that somebody else is writing to', async () => {
    const locked = writers.filter((_, n) => n % 2 === 0);
    const rival = await test.outside.connect();
    try {
      await rival.query('BEGIN');
      await rival.query('SELECT FROM chat_conversations WHERE id = ANY($1) FOR UPDATE', [
        locked.map(({ conversationId }) => conversationId),
      ]);
      const waiting = Promise.all(locked.map(async (writer) => send(writer, 'late')));
      const free = writers.filter((_, n) => n % 2 === 1);
      const others = await Promise.all(free.map(async (writer) => send(writer, 'x')));
      expect(others.map(({ status }) => status)).toEqual(free.map(() => 201));
      await rival.query('COMMIT');
      expect((await waiting).map(({ status }) => status)).toEqual(locked.map(() => 201));
    } finally {
      rival.release();
    }
  });

  it('R03 are all unknown when the link breaks, each stored once by the retry, and all doubt', async () => {
    // Of a kind that nothing here knows.
    const link = Object.assign(new Error('network is down'), { code: 'ENETDOWN' });
    const database = test.app.get(Database);
    const doubted = jest.fn();
    database.onUnknownOutcome(doubted);
    const { rows } = Transaction.prototype;
    const cut = jest.spyOn(Transaction.prototype, 'rows').mockImplementation(async function <
      R extends QueryResultRow,
    >(this: Transaction, statement: Statement, values: readonly unknown[]): Promise<R[]> {
      if (statement === SEND_MESSAGES) throw link;
      return rows.call(this, statement, values) as Promise<R[]>;
    });
    const ids = writers.map(() => randomUUID());
    const sendWith = async (id: string, n: number): Promise<Answer<Message>> => {
      const writer = writers[n];
      if (!writer) throw new Error('More ids than writers.');
      return writer.by.post(API_ROUTES.messages(writer.conversationId), {
        content: 'x',
        client_message_id: id,
      });
    };
    const lost = await Promise.all(ids.map(sendWith));
    expect(new Set(lost.map((answer) => problemOf(answer).code))).toEqual(
      new Set(['outcome_unknown']),
    );
    expect(doubted).toHaveBeenCalled();
    cut.mockRestore();
    const retried = await Promise.all(ids.map(sendWith));
    expect(retried.map(({ status }) => status)).toEqual(ids.map(() => 201));
    expect(await Promise.all(writers.map(stored))).toEqual(writers.map(() => ['x']));
  });

  it('look for a message sent before by its key, also while the table is empty', async () => {
    const client = await test.outside.connect();
    try {
      await client.query('BEGIN');
      await client.query('TRUNCATE chat_messages CASCADE');
      await client.query('SET LOCAL plan_cache_mode = force_generic_plan');
      await client.query(`PREPARE sending AS ${SEND_MESSAGES.text}`);
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN EXECUTE sending ('{1}', '{1}', '{f}', '{null}', '{x}', '{text}')`,
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain('chat_messages_client_id_key');
      expect(plan).not.toMatch(/hashed SubPlan|Seq Scan on chat_messages/);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });

  it('R06 of one conversation go one after the other, and leave no hole', async () => {
    const [writer] = writers as [Writer];
    const texts = Array.from({ length: 30 }, (_, n) => `${n + 1}`);
    const answers = await Promise.all(texts.map(async (text) => send(writer, text)));
    const inOrder = answers.map(({ body }) => body).sort((a, b) => a.seq - b.seq);
    expect(inOrder.map(({ seq }) => seq)).toEqual(texts.map(Number));
    const { body } = await writer.by.get<Page<Message>>(
      `${API_ROUTES.messages(writer.conversationId)}?page_size=100`,
    );
    expect(body.results).toEqual(inOrder.reverse());
  });
});
