import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  API_ROUTES,
  LIMITS,
  type Conversation,
  type LatestUnread,
  type Message,
  type UnreadCount,
} from '@support-chat/contracts';
import { createTestApp, type Person, type TestApp } from './support/test-app';

describe('the latest unread messages', () => {
  let test: TestApp;
  let admin: Person;

  beforeAll(async () => {
    test = await createTestApp();
    admin = await test.person('admin');
  });
  afterAll(async () => test.close());

  const latest = async (person: Person): Promise<LatestUnread> =>
    (await person.get<LatestUnread>(API_ROUTES.latestUnread)).body;

  async function conversationOf(student: Person): Promise<number> {
    return (await student.get<Conversation>(API_ROUTES.myConversation)).body.id;
  }

  async function send(person: Person, id: number, content: string): Promise<Message> {
    return (await person.post<Message>(API_ROUTES.messages(id), { content })).body;
  }

  it('a student sees the newest unread message of the staff, cut, and nothing once it is read', async () => {
    const student = await test.person();
    const id = await conversationOf(student);
    expect(await latest(student)).toEqual({ unread_count: 0, results: [] });
    await send(admin, id, 'first');
    const newest = await send(admin, id, 'x'.repeat(LIMITS.lastMessagePreviewLength + 1));
    await send(student, id, 'my own');
    const { unread_count, results } = await latest(student);
    expect(unread_count).toBe(2);
    expect(results).toHaveLength(1);
    expect(results[0]?.conversation).toEqual(
      (await student.get<Conversation>(API_ROUTES.conversation(id))).body,
    );
    const content = newest.content.slice(0, LIMITS.lastMessagePreviewLength);
    expect(results[0]?.message).toEqual({ ...newest, content: expect.stringContaining(content) });
    expect(results[0]?.message.content.length).toBeLessThan(newest.content.length + 1);
    await student.post(API_ROUTES.markConversationRead(id));
    expect(await latest(student)).toEqual({ unread_count: 0, results: [] });
  });

  it('shows the newest message that is not deleted', async () => {
    const student = await test.person();
    const id = await conversationOf(student);
    const kept = await send(admin, id, 'kept');
    const deleted = await send(admin, id, 'deleted');
    await test.dataSource.query('UPDATE chat_messages SET deleted_at = now() WHERE id = $1', [
      deleted.id,
    ]);
    const { results } = await latest(student);
    expect(results.map(({ message }) => message.id)).toEqual([kept.id]);
  });

  it('an administrator sees the students that wait, the newest first, no more than the bell shows', async () => {
    const ids: number[] = [];
    for (let n = 0; n <= LIMITS.unreadLatestMax; n += 1) {
      const student = await test.person();
      const id = await conversationOf(student);
      await send(student, id, `question ${n}`);
      ids.unshift(id);
    }
    const { unread_count, results } = await latest(admin);
    const total = (await admin.get<UnreadCount>(API_ROUTES.unreadCount)).body.unread_count;
    expect(unread_count).toBe(total);
    expect(results.map(({ conversation }) => conversation.id)).toEqual(
      ids.slice(0, LIMITS.unreadLatestMax),
    );
    expect(results.every(({ message }) => message.sender.role === 'user')).toBe(true);
  });

  it('A001 nobody sees what waits for others', async () => {
    const stranger = await test.person();
    expect(await latest(stranger)).toEqual({ unread_count: 0, results: [] });
  });
});
