import { LIMITS, type Conversation, type Message, type Page } from '@support-chat/contracts';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import { showFigures } from './drills/support/figures';
import {
  createSecondApp,
  createTestApp,
  problemOf,
  type Person,
  type TestApp,
} from './support/test-app';

describe('sending messages', () => {
  let test: TestApp;
  let student: Person;
  let admin: Person;
  let conversation: Conversation;
  let messages: string;

  beforeAll(async () => {
    test = await createTestApp();
    admin = await test.person('admin');
  });
  afterAll(async () => test.close());

  beforeEach(async () => {
    student = await test.person();
    conversation = (await student.get<Conversation>('/api/chat/conversation/')).body;
    messages = `/api/chat/conversations/${conversation.id}/messages/`;
  });

  it('answers with the whole stored message', async () => {
    const sent = await student.post<Message>(messages, { content: '  Hello?\n' });
    expect(sent.status).toBe(201);
    expect(sent.body).toEqual({
      id: expect.any(Number) as number,
      conversation_id: conversation.id,
      seq: 1,
      revision: 1,
      client_message_id: null,
      sender: { id: student.id, name: student.name, role: 'user' },
      content: 'Hello?',
      message_type: 'text',
      attachment: null,
      is_read: false,
      status: 'sent',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      edited_at: null,
      deleted_at: null,
    });
    const page = await admin.get<Page<Message>>(messages);
    expect(page.body.results).toEqual([sent.body]);
  });

  it('R04 a retry never duplicates, however many come at once', async () => {
    const body = { content: 'once', client_message_id: randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => student.post<Message>(messages, body)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array<number>(19).fill(200),
      201,
    ]);
    expect(new Set(answers.map(({ body: { id } }) => id)).size).toBe(1);
    const replay = answers.find(({ status }) => status === 200);
    expect(replay?.headers['idempotency-replayed']).toBe('true');
    const after = await student.get<Conversation>(`/api/chat/conversations/${conversation.id}/`);
    expect(after.body).toMatchObject({ message_count: 1, revision: 1 });
  });

  it('R04 a retry a day later, after many others, still finds it', async () => {
    const body = { content: 'once', client_message_id: randomUUID() };
    const first = await student.post<Message>(messages, body);
    await test.outside.query(
      `UPDATE chat_messages SET created_at = created_at - interval '25 hours' WHERE id = $1`,
      [first.body.id],
    );
    for (let n = 0; n < 30; n += 1) await admin.post(messages, { content: `${n}` });
    const retry = await student.post<Message>(messages, body);
    expect([retry.status, retry.body.id, retry.body.seq]).toEqual([200, first.body.id, 1]);
  });

  it('R05 the key is the id in one conversation by one sender, in any case of letters', async () => {
    const id = randomUUID();
    await student.post(messages, { content: 'a', client_message_id: id });
    const upper = await student.post(messages, {
      content: ' a ',
      client_message_id: id.toUpperCase(),
    });
    expect(upper.status).toBe(200);
    const changed = await student.post(messages, { content: 'b', client_message_id: id });
    expect([changed.status, problemOf(changed).code]).toEqual([409, 'client_message_id_reused']);
    const page = await student.get<Page<Message>>(messages);
    expect(page.body.results.map(({ content }) => content)).toEqual(['a']);
    const byAdmin = await admin.post(messages, { content: 'b', client_message_id: id });
    expect(byAdmin.status).toBe(201);
    const { body: theirs } = await (
      await test.person()
    ).get<Conversation>('/api/chat/conversation/');
    const elsewhere = await admin.post(`/api/chat/conversations/${theirs.id}/messages/`, {
      content: 'c',
      client_message_id: id,
    });
    expect(elsewhere.status).toBe(201);
    const noKey = [
      await student.post(messages, { content: 'a' }),
      await student.post(messages, { content: 'a' }),
    ];
    expect(noKey.map(({ status }) => status)).toEqual([201, 201]);
    const notUuid = await student.post(messages, { content: 'a', client_message_id: 'x' });
    expect(problemOf(notUuid).errors).toMatchObject([
      { field: 'client_message_id', code: 'bad_format' },
    ]);
    showFigures('R05', {
      'the same again': upper.status,
      'another text': changed.status,
      'another sender': byAdmin.status,
      'another conversation': elsewhere.status,
      'no key': noKey.map(({ status }) => status).join(' and '),
      'no UUID': notUuid.status,
    });
  });

  it('R06 numbers are gapless and in order under many writers', async () => {
    const senders = Array.from({ length: 100 }, async (_, n) =>
      (n % 2 === 0 ? student : admin).post<Message>(messages, { content: `${n}` }),
    );
    const sent = await Promise.all(senders);
    const seqs = sent.map(({ body }) => body.seq).sort((a, b) => a - b);
    expect(seqs).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
    for (const { body } of sent) expect(body.revision).toBe(body.seq);
    const page = await student.get<Page<Message>>(`${messages}?page_size=100`);
    const times = page.body.results.map(({ created_at }) => created_at);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('A061 counts code points after trimming', async () => {
    const longest = '👩‍🚀'.repeat(LIMITS.messageMaxLength / 3 - 1) + 'é';
    expect((await student.post(messages, { content: `\t${'é'.repeat(4000)}  ` })).status).toBe(201);
    expect((await student.post(messages, { content: longest })).status).toBe(201);
    const tooLong = await student.post(messages, { content: 'é'.repeat(4001) });
    expect(problemOf(tooLong).errors).toMatchObject([{ field: 'content', code: 'too_long' }]);
    for (const content of ['', '   \n', '\u200b\u200d', '\ufeff']) {
      const empty = await student.post(messages, { content });
      expect(problemOf(empty).errors).toMatchObject([{ field: 'content', code: 'too_short' }]);
    }
  });

  it('A015 refuses types that people may not send', async () => {
    for (const message_type of ['system', 'bot', 'image', 'toString', 5, ['text']]) {
      const answer = await student.post(messages, { content: 'x', message_type });
      expect(answer.status).toBe(400);
    }
    const absent = await student.post(messages, {
      content: 'x',
      message_type: null,
      client_message_id: null,
    });
    expect(absent.status).toBe(201);
  });

  it('A101 stops a student at 30 messages a minute, admins not', async () => {
    const limited = await createTestApp({ rateLimits: true });
    try {
      const fast = await limited.person();
      const helper = await limited.person('admin');
      const { body } = await fast.get<Conversation>('/api/chat/conversation/');
      const path = `/api/chat/conversations/${body.id}/messages/`;
      const answers = await Promise.all(
        Array.from({ length: 100 }, async () => fast.post(path, { content: 'spam' })),
      );
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(30);
      const refused = answers.find(({ status }) => status !== 201);
      expect(refused?.status).toBe(429);
      expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
      expect((await helper.post(path, { content: 'slow down' })).status).toBe(201);
    } finally {
      await limited.close();
    }
  });
});

describe('ended conversations', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(async () => test.close());

  it('open again when somebody writes, unless a newer one is active', async () => {
    const [student, admin] = [await test.person(), await test.person('admin')];
    const { body: first } = await student.get<Conversation>('/api/chat/conversation/');
    const path = `/api/chat/conversations/${first.id}/`;
    const closed = await admin.post<Conversation>(`/api/admin/conversations/${first.id}/close/`);
    expect(closed.body).toMatchObject({ id: first.id, is_active: false, revision: 1 });
    const again = await admin.post<Conversation>(`/api/admin/conversations/${first.id}/close/`);
    expect([again.status, again.body]).toEqual([200, closed.body]);

    expect((await student.post(`${path}messages/`, { content: 'one more thing' })).status).toBe(
      201,
    );
    expect((await student.get<Conversation>(path)).body.is_active).toBe(true);

    await admin.post(`/api/admin/conversations/${first.id}/close/`);
    const second = await student.post<Conversation>('/api/chat/conversation/');
    expect(second.status).toBe(201);
    expect(second.body.id).not.toBe(first.id);
    const late = await student.post(`${path}messages/`, { content: 'too late' });
    expect([late.status, problemOf(late).code]).toEqual([409, 'conversation_closed']);
    expect((await student.get<Conversation>(path)).body.message_count).toBe(1);
  });

  it('are found again by their student, who answers there instead of in a new one', async () => {
    const [student, admin] = [await test.person(), await test.person('admin')];
    const resume = async () => student.get<Conversation>('/api/chat/conversation/?resume=true');
    const { body: first } = await resume();
    expect(first).toMatchObject({ is_active: true, message_count: 0 });
    const path = `/api/chat/conversations/${first.id}/`;
    await admin.post(`${path}messages/`, { content: 'Done, all is well' });
    await admin.post(`/api/admin/conversations/${first.id}/close/`);
    expect((await resume()).body).toMatchObject({
      id: first.id,
      is_active: false,
      unread_count: 1,
    });

    await student.post(`${path}messages/`, { content: 'Thank you' });
    expect((await resume()).body).toMatchObject({ id: first.id, is_active: true });
    await admin.post(`/api/admin/conversations/${first.id}/close/`);
    const { body: second } = await student.get<Conversation>('/api/chat/conversation/');
    expect(second.id).not.toBe(first.id);
    expect((await resume()).body.id).toBe(second.id);
    const after = `/api/chat/conversations/${second.id}/`;
    await student.post(`${after}messages/`, { content: 'Something else' });
    await admin.post(`/api/admin/conversations/${second.id}/close/`);
    expect((await resume()).body.id).toBe(second.id);
    await admin.post(`${path}messages/`, { content: 'About the first one' });
    await admin.post(`/api/admin/conversations/${first.id}/close/`);
    expect((await resume()).body).toMatchObject({ id: first.id, unread_count: 2 });
  });

  it('are not what a flag that is none asks for', async () => {
    const student = await test.person();
    const answer = await student.get('/api/chat/conversation/?resume=perhaps');
    expect([answer.status, problemOf(answer).errors]).toEqual([
      400,
      [{ field: 'resume', code: 'wrong_type', detail: 'must be true or false' }],
    ]);
  });

  it('R14 first contact makes one conversation, however many calls come at once to two instances', async () => {
    const second = await createSecondApp(test);
    const student = await test.person();
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, n) =>
        requestOf(n % 4 < 2 ? test.app : second, student.token, n % 2 === 0 ? 'GET' : 'POST'),
      ),
    );
    await second.close();
    const ids = new Set(answers.map(({ id }) => id));
    const refused = answers.filter(({ status }) => status !== 200 && status !== 201);
    const { rows } = await test.outside.query('SELECT FROM chat_conversations WHERE user_id = $1', [
      student.id,
    ]);
    showFigures('R14', {
      calls: answers.length,
      refused: refused.length,
      ids: ids.size,
      rows: rows.length,
    });
    expect([ids.size, refused]).toEqual([1, []]);
    expect(rows).toHaveLength(1);
  });
});

async function requestOf(
  app: NestFastifyApplication,
  token: string,
  method: 'GET' | 'POST',
): Promise<{ status: number; id: number }> {
  const response = await app.inject({
    method,
    url: '/api/chat/conversation/',
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: response.statusCode, id: response.json<Conversation>().id };
}
