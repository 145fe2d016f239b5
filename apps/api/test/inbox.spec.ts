import { describe, expect, it, beforeAll, afterAll } from '@jest/globals';
import type { Conversation, Page } from '@support-chat/contracts';
import { createTestApp, problemOf, type Person, type TestApp } from './support/test-app';

const LIST = '/api/chat/conversations/';

describe('the console’s list', () => {
  let test: TestApp;
  let admin: Person;
  const students: Person[] = [];
  const ids: number[] = [];

  beforeAll(async () => {
    test = await createTestApp();
    admin = await test.person('admin');
    for (const name of [
      'Lina 100%',
      'Omar_Ali',
      'Zoë O’Neil',
      'عمر حسن',
      'Back\\slash',
      'Quiet One',
    ]) {
      const student = await test.person('user', name);
      students.push(student);
      ids.push((await student.get<Conversation>('/api/chat/conversation/')).body.id);
    }
    for (const [n, student] of students.slice(0, 5).entries()) {
      await student.post(`${LIST}${ids[n]}/messages/`, { content: `from ${n}` });
    }
    await admin.post(`${LIST}${ids[0]}/messages/`, { content: 'answer' });
    await admin.post(`${LIST}${ids[0]}/mark-read/`);
    await admin.post(`/api/admin/conversations/${ids[1]}/close/`);
  });
  afterAll(async () => test.close());

  const list = async (query = ''): Promise<number[]> => {
    const { body } = await admin.get<Page<Conversation>>(`${LIST}${query}`);
    return body.results.map(({ id }) => ids.indexOf(id));
  };

  it('newest activity first, with counts and the last message', async () => {
    const { body } = await admin.get<Page<Conversation>>(LIST);
    expect(body).toMatchObject({ count: 6, next: null, previous: null });
    expect(body.results.map(({ id }) => ids.indexOf(id))).toEqual([0, 4, 3, 2, 1, 5]);
    expect(body.results[0]).toMatchObject({
      user: { id: students[0]?.id, name: 'Lina 100%', email: students[0]?.email },
      message_count: 2,
      unread_count: 0,
      last_message: { content: 'answer', sender: { role: 'admin' } },
    });
    expect(body.results[5]).toMatchObject({ last_message: null, last_message_at: null });
  });

  it('filters by unread, by active, by having messages, and all together', async () => {
    expect(await list('?unread=true')).toEqual([4, 3, 2, 1]);
    expect(await list('?unread=false')).toEqual([0, 5]);
    expect(await list('?active=true')).toEqual([0, 4, 3, 2, 5]);
    expect(await list('?active=false')).toEqual([1]);
    expect(await list('?has_messages=true')).toEqual([0, 4, 3, 2, 1]);
    expect(await list('?unread=1&active=1&has_messages=1&search=zo')).toEqual([2]);
    expect((await admin.get(`${LIST}?unread=maybe`)).status).toBe(400);
  });

  it('A047 searches names and e-mail addresses literally, without regard to case', async () => {
    expect(await list(`?search=${encodeURIComponent('100%')}`)).toEqual([0]);
    expect(await list('?search=_')).toEqual([1]);
    expect(await list(`?search=${encodeURIComponent('\\')}`)).toEqual([4]);
    expect(await list(`?search=${encodeURIComponent('عمر')}`)).toEqual([3]);
    expect(await list('?search=ZOË')).toEqual([2]);
    expect(await list(`?search=${students[5]?.email.slice(0, 12).toUpperCase()}`)).toEqual([5]);
    expect(await list('?search=nobody-has-this')).toEqual([]);
  });

  it('A050 a search that is no UTF-8 is invalid_encoding', async () => {
    for (const search of ['%ff', '%ed%a0%80', '%c0%80', 'a%', '%zz']) {
      const answer = await admin.get(`${LIST}?search=${search}`);
      expect([search, answer.status]).toEqual([search, 400]);
      expect(problemOf(answer).code).toBe('invalid_encoding');
    }
    expect(await list('?search=%25ff')).toEqual([]);
  });

  it('A046 hostile searches and cursors find nothing and break nothing', async () => {
    for (const search of ["' OR 1=1 --", "'; DROP TABLE chat_messages; --", '$1', '%27']) {
      const answer = await admin.get<Page<Conversation>>(
        `${LIST}?search=${encodeURIComponent(search)}`,
      );
      expect([answer.status, answer.body.results]).toEqual([200, []]);
    }
    const nul = await admin.get(`${LIST}?search=a%00b`);
    expect([nul.status, problemOf(nul).code]).toEqual([400, 'invalid_encoding']);
    expect((await admin.get(`${LIST}?search=${'x'.repeat(101)}`)).status).toBe(400);
    expect((await admin.get(`${LIST}?search=a&search=b`)).status).toBe(400);
    for (const cursor of ['x', '1', '1-', '-1-1', "1-1'", '99999999999999999-1', '1-1&page=1']) {
      expect((await admin.get(`${LIST}?cursor=${cursor}`)).status).toBe(400);
    }
  });

  it('R40 scrolls by cursor: every conversation once, also while others move to the top', async () => {
    const seen: number[] = [];
    for (let next: string | null = `${LIST}?cursor=&page_size=2`; next !== null;) {
      const { body }: { body: Page<Conversation> } = await admin.get<Page<Conversation>>(next);
      expect(body.count).toBeUndefined();
      seen.push(...body.results.map(({ id }) => ids.indexOf(id)));
      ({ next } = body);
      if (seen.length === 2)
        await students[0]?.post(`${LIST}${ids[0]}/messages/`, { content: 'bump' });
    }
    expect(seen).toEqual([0, 4, 3, 2, 1, 5]);
  });

  it('pages by number', async () => {
    const { body } = await admin.get<Page<Conversation>>(
      `${LIST}?page=2&page_size=4&has_messages=true`,
    );
    expect(body).toMatchObject({
      count: 5,
      next: null,
      previous: `${LIST}?has_messages=true&page=1&page_size=4`,
    });
    expect(body.results).toHaveLength(1);
    const past = await admin.get(`${LIST}?page=9`);
    expect([past.status, problemOf(past).code]).toEqual([404, 'invalid_page']);
  });

  it('answers 304 until something changes, then at once with it', async () => {
    const first = await admin.get(`${LIST}?unread=true`);
    const headers = { 'if-none-match': String(first.headers['etag']) };
    expect((await admin.get(`${LIST}?unread=true`, headers)).status).toBe(304);
    await students[2]?.post(`${LIST}${ids[2]}/messages/`, { content: 'again' });
    const changed = await admin.get<Page<Conversation>>(`${LIST}?unread=true`, headers);
    expect(changed.status).toBe(200);
    expect(changed.body.results[0]).toMatchObject({ id: ids[2], unread_count: 2 });
  });
});
