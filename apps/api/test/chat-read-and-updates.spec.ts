import type {
  Conversation,
  MarkedRead,
  Message,
  Page,
  UnreadCount,
  Updates,
} from '@support-chat/contracts';
import { jest } from '@jest/globals';
import { Database } from '../src/platform/database/database';
import { eventually } from './support/eventually';
import {
  createSecondApp,
  createTestApp,
  problemOf,
  type Person,
  type TestApp,
} from './support/test-app';

describe('read status and updates', () => {
  let test: TestApp;
  let student: Person;
  let admin: Person;
  let base: string;

  beforeAll(async () => {
    test = await createTestApp();
    admin = await test.person('admin');
  });
  afterAll(async () => test.close());
  beforeEach(async () => {
    student = await test.person();
    const { body } = await student.get<Conversation>('/api/chat/conversation/');
    base = `/api/chat/conversations/${body.id}/`;
  });

  const send = async (person: Person, content: string): Promise<Message> =>
    (await person.post<Message>(`${base}messages/`, { content })).body;
  const updates = async (person: Person, after: number) =>
    person.get<Updates>(`${base}updates/?after=${after}`);

  it('marks the other side read, each message with its own revision in order', async () => {
    const [first, own, last] = [
      await send(admin, '1'),
      await send(student, '2'),
      await send(admin, '3'),
    ];
    const marked = await student.post<MarkedRead>(`${base}mark-read/`);
    expect([marked.status, marked.body]).toEqual([200, { marked_read: 2 }]);
    const { body } = await updates(admin, 3);
    expect(
      body.messages.map(({ id, revision, is_read, status }) => [id, revision, is_read, status]),
    ).toEqual([
      [first.id, 4, true, 'read'],
      [last.id, 5, true, 'read'],
    ]);
    expect(body).toMatchObject({ from: 3, revision: 5, more: false });
    expect(body.conversation).toMatchObject({ unread_count: 1, revision: 5 });
    const noted = await test.dataSource.query<{ message_id: number }[]>(
      'SELECT message_id FROM chat_message_read_status WHERE user_id = $1 ORDER BY message_id',
      [student.id],
    );
    expect(noted.map(({ message_id }) => message_id)).toEqual([first.id, last.id]);
    expect(own.is_read).toBe(false);
  });

  it('R13 marking again, or ones own, counts 0 and changes nothing', async () => {
    const own = await send(student, 'mine');
    await send(admin, 'theirs');
    await student.post(`${base}mark-read/`);
    const again = await student.post<MarkedRead>(`${base}mark-read/`, {});
    const byId = await student.post<MarkedRead>('/api/chat/messages/mark-read/', {
      message_ids: [own.id, own.id],
    });
    expect([again.body, byId.body]).toEqual([{ marked_read: 0 }, { marked_read: 0 }]);
    expect((await updates(student, 3)).status).toBe(204);
    const secondAdmin = await test.person('admin');
    await admin.post(`${base}mark-read/`);
    const late = await secondAdmin.post<MarkedRead>(`${base}mark-read/`);
    expect(late.body.marked_read).toBe(0);
  });

  it('A003 one foreign or absent id among many: 404, nothing changed', async () => {
    const mine = await send(admin, 'for me');
    const other = await test.person();
    const { body: theirs } = await other.get<Conversation>('/api/chat/conversation/');
    const foreign = await admin.post<Message>(`/api/chat/conversations/${theirs.id}/messages/`, {
      content: 'for them',
    });
    for (const id of [foreign.body.id, 999_999_999]) {
      const answer = await student.post('/api/chat/messages/mark-read/', {
        message_ids: [mine.id, id],
      });
      expect([answer.status, problemOf(answer).code]).toEqual([404, 'not_found']);
    }
    expect((await student.get<UnreadCount>('/api/chat/unread-count/')).body.unread_count).toBe(1);
    expect((await other.get<UnreadCount>('/api/chat/unread-count/')).body.unread_count).toBe(1);
  });

  it('A105 mark-read takes 1 to 500 whole ids', async () => {
    const path = '/api/chat/messages/mark-read/';
    const bad: unknown[] = [
      {},
      { message_ids: [] },
      { message_ids: '5' },
      { message_ids: ['5'] },
      { message_ids: [1.5] },
      { message_ids: [0] },
      { message_ids: [-1] },
      { message_ids: Array(501).fill(1) },
      { message_ids: [1], x: 1 },
    ];
    for (const body of bad) expect((await student.post(path, body)).status).toBe(400);
    for (const raw of ['{"message_ids":[1e400]}', '{"message_ids":[9007199254740993]}']) {
      expect((await student.post(path, raw)).status).toBe(400);
    }
    const detail = async (ids: number[]): Promise<string | undefined> =>
      problemOf(await student.post(path, { message_ids: ids })).errors?.[0]?.detail;
    expect(await detail([])).toBe('must list 1 to 500 ids');
    expect(await detail([0])).toBe('must hold ids from 1 to 9007199254740991');
  });

  it('delivered is capped, never turns back, and read implies it', async () => {
    await send(admin, '1');
    await send(admin, '2');
    const delivered = async (seq: number) => student.post(`${base}delivered/`, { seq });
    expect((await delivered(1)).status).toBe(204);
    const first = await updates(admin, 2);
    expect(first.body.messages.map(({ seq, status, revision }) => [seq, status, revision])).toEqual(
      [[1, 'delivered', 3]],
    );
    await delivered(1_000_000);
    await delivered(1);
    const page = await admin.get<Page<Message>>(`${base}messages/`);
    expect(page.body.results.map(({ status, revision }) => [status, revision])).toEqual([
      ['delivered', 4],
      ['delivered', 3],
    ]);
    await student.post(`${base}mark-read/`);
    expect((await updates(admin, 4)).body.messages.map(({ status }) => status)).toEqual([
      'read',
      'read',
    ]);
    expect((await student.post(`${base}delivered/`, { seq: -1 })).status).toBe(400);
    expect((await student.post(`${base}delivered/`, {})).status).toBe(400);
  });

  it('idle polls are answered without the database', async () => {
    await send(student, 'hello');
    await updates(student, 0);
    const count = await student.get<UnreadCount>('/api/chat/unread-count/');
    const list = await admin.get('/api/chat/conversations/');
    const ask = async (): Promise<[number, string][]> => {
      const answers = [
        await updates(student, 1),
        await student.get('/api/chat/unread-count/', {
          'if-none-match': String(count.headers['etag']),
        }),
        await admin.get('/api/chat/conversations/', {
          'if-none-match': String(list.headers['etag']),
        }),
      ];
      return answers.map(({ status, text }) => [status, text]);
    };
    const idle = [
      [204, ''],
      [304, ''],
      [304, ''],
    ];
    const rows = jest.spyOn(test.app.get(Database), 'rows');
    // The database's own news of the message may still be on its way; then one more poll reads.
    await eventually(async () => {
      rows.mockClear();
      expect(await ask()).toEqual(idle);
      expect(rows).not.toHaveBeenCalled();
    });
    rows.mockRestore();
  });

  it('a poll ahead of the server is told to resync; wrong revisions are refused', async () => {
    const ahead = await updates(student, 5);
    expect([ahead.status, problemOf(ahead).code]).toEqual([409, 'resync']);
    for (const query of [
      '?after=-1',
      '?after=x',
      '?after=1&after=2',
      '?after=1.5',
      '?after=',
      '?after=99999999999999999999',
    ]) {
      const answer = await student.get(`${base}updates/${query}`);
      expect([answer.status, problemOf(answer).code]).toEqual([400, 'validation_failed']);
    }
    await send(student, 'x');
    expect((await student.get<Updates>(`${base}updates/`)).body.messages).toHaveLength(1);
  });

  it('bodies are cut at 100 messages and 256 KiB, and following `more` gives everything once', async () => {
    for (let n = 0; n < 120; n += 1) await send(student, n < 70 ? `${n}` : '😀'.repeat(4000));
    const seen: number[] = [];
    for (let after = 0, more = true; more;) {
      const answer = await updates(admin, after);
      expect(Buffer.byteLength(answer.text)).toBeLessThanOrEqual(256 * 1024);
      expect(answer.body.messages.length).toBeLessThanOrEqual(100);
      seen.push(...answer.body.messages.map(({ seq }) => seq));
      ({ more, revision: after } = answer.body);
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, n) => n + 1));
  });

  it('R10 another instance hears of a change and then answers with it', async () => {
    const second = await createSecondApp(test);
    try {
      const ask = async (after: number) =>
        second.inject({
          method: 'GET',
          url: `${base}updates/?after=${after}`,
          headers: { authorization: `Bearer ${student.token}` },
        });
      await send(student, 'one');
      expect((await ask(0)).statusCode).toBe(200);
      expect((await ask(1)).statusCode).toBe(204);
      await send(admin, 'two');
      await eventually(async () => {
        const answer = await ask(1);
        expect(answer.statusCode).toBe(200);
        expect(answer.json<Updates>().messages.map(({ content }) => content)).toEqual(['two']);
      });
    } finally {
      await second.close();
    }
  });
});

describe('history', () => {
  let test: TestApp;
  let student: Person;
  let path: string;

  beforeAll(async () => {
    test = await createTestApp();
    student = await test.person();
    const { body } = await student.get<Conversation>('/api/chat/conversation/');
    path = `/api/chat/conversations/${body.id}/messages/`;
  });
  afterAll(async () => test.close());

  it('pages an empty conversation', async () => {
    expect((await student.get(path)).body).toEqual({
      count: 0,
      next: null,
      previous: null,
      results: [],
    });
  });

  it('gives every message once, by page and by `before`, newest first', async () => {
    for (let n = 1; n <= 45; n += 1) await student.post(path, { content: `${n}` });
    const collect = async (first: string): Promise<number[]> => {
      const seqs: number[] = [];
      for (let next: string | null = first; next !== null;) {
        const { body }: { body: Page<Message> } = await student.get<Page<Message>>(next);
        seqs.push(...body.results.map(({ seq }) => seq));
        ({ next } = body);
      }
      return seqs;
    };
    const all = Array.from({ length: 45 }, (_, n) => 45 - n);
    expect(await collect(path)).toEqual(all);
    expect(await collect(`${path}?before=46&page_size=7`)).toEqual(all);
    const first = await student.get<Page<Message>>(path);
    expect(first.body).toMatchObject({
      count: 45,
      next: `${path}?page=2&page_size=20`,
      previous: null,
    });
    expect((await student.get(`${path}?page_size=1000`)).body).toMatchObject({ next: null });
    expect((await student.get(`${path}?before=1`)).body).toEqual({ next: null, results: [] });
  });

  it('refuses what is no page', async () => {
    const past = await student.get(`${path}?page=4`);
    expect([past.status, problemOf(past).code]).toEqual([404, 'invalid_page']);
    for (const query of [
      'page=0',
      'page=x',
      'page=1&page=2',
      'page_size=0',
      'before=0',
      'before=2&page=1',
      'page=-1',
      'before=1e3',
      'page=9007199254740993',
    ]) {
      expect((await student.get(`${path}?${query}`)).status).toBe(400);
    }
    expect((await student.get(`${path}?colour=red`)).status).toBe(200);
    expect((await student.get(`${path}?page=9007199254740991&page_size=100`)).status).toBe(404);
  });

  it('answers 304 while nothing has changed', async () => {
    const first = await student.get(path);
    const etag = String(first.headers['etag']);
    expect((await student.get(path, { 'if-none-match': etag })).status).toBe(304);
    await student.post(path, { content: 'news' });
    expect((await student.get(path, { 'if-none-match': etag })).status).toBe(200);
    const second = await student.get(`${path}?page=2`);
    const known = { 'if-none-match': String(second.headers['etag']) };
    expect((await student.get(`${path}?page=2`, known)).status).toBe(304);
  });

  it('answers 404 without a tag for a page past the end, whatever the client has', async () => {
    const past = await student.get(`${path}?page=9`, { 'if-none-match': '*' });
    expect([past.status, past.headers['etag']]).toEqual([404, undefined]);
    expect(problemOf(past).code).toBe('invalid_page');
  });
});
