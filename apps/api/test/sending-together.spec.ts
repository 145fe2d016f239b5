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
import { Database } from '../src/platform/database/database';
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
    writers = await Promise.all(
      TEXTS.map(async () => {
        const by = await test.person();
        const { body } = await by.get<Conversation>(API_ROUTES.myConversation);
        return { by, conversationId: body.id };
      }),
    );
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const send = async ({ by, conversationId }: Writer, content: string): Promise<Answer<Message>> =>
    by.post<Message>(API_ROUTES.messages(conversationId), {
      content,
      client_message_id: randomUUID(),
    });
  const sendAll = async (): Promise<Answer<Message>[]> =>
    Promise.all(writers.map(async (writer, n) => send(writer, TEXTS[n] ?? '')));
  const stored = async ({ by, conversationId }: Writer): Promise<string[]> => {
    const { body } = await by.get<Page<Message>>(API_ROUTES.messages(conversationId));
    return body.results.map(({ content }) => content).reverse();
  };

  it('go together, and each is what it would be alone', async () => {
    const write = jest.spyOn(test.app.get(Database), 'write');
    const answers = await sendAll();
    expect(write.mock.calls.length).toBeLessThan(writers.length);
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
    const answers = await sendAll();
    expect(problemOf(answers[0] as Answer).code).toBe('conversation_closed');
    expect(answers.slice(1).map(({ status }) => status)).toEqual(TEXTS.slice(1).map(() => 201));
    const texts = await Promise.all(writers.map(stored));
    expect(texts).toEqual([[], ...TEXTS.slice(1).map((text) => [text])]);
  });

  it('wait for no conversation that somebody else is writing to', async () => {
    const [locked] = writers as [Writer];
    const rival = await test.outside.connect();
    try {
      await rival.query('BEGIN');
      await rival.query('SELECT FROM chat_conversations WHERE id = $1 FOR UPDATE', [
        locked.conversationId,
      ]);
      const waiting = send(locked, 'late');
      const others = await Promise.all(writers.slice(1).map(async (writer) => send(writer, 'x')));
      expect(others.map(({ status }) => status)).toEqual(others.map(() => 201));
      await rival.query('COMMIT');
      expect((await waiting).status).toBe(201);
    } finally {
      rival.release();
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
