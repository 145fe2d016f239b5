import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Conversation, Message, Page, Session } from '@support-chat/contracts';
import { loadDemoData, loadDemoDataOnce } from '../src/demo/load-demo-data';
import { removeDemoData } from '../src/demo/remove-demo-data';
import { eventually } from './support/eventually';
import { createTestApp, type TestApp } from './support/test-app';

/** Rows that break a rule of the data, by the name of the rule: everything counted afresh. */
const BROKEN_RULES: Record<string, string> = {
  'seq is dense and message_count is how many there are': `
    SELECT c.id FROM chat_conversations c LEFT JOIN chat_messages m ON m.conversation_id = c.id
    GROUP BY c.id HAVING count(m.id) <> c.message_count
      OR coalesce(max(m.seq), 0) <> c.message_count OR coalesce(min(m.seq), 1) <> 1`,
  'unread counts equal a recount': `
    SELECT c.id FROM chat_conversations c LEFT JOIN chat_messages m ON m.conversation_id = c.id
    GROUP BY c.id
    HAVING count(m.id) FILTER (WHERE m.from_admin AND NOT m.is_read) <> c.user_unread_count
      OR count(m.id) FILTER (WHERE NOT m.from_admin AND NOT m.is_read) <> c.admin_unread_count`,
  'last_message_at is the time of the last message': `
    SELECT c.id FROM chat_conversations c LEFT JOIN chat_messages m ON m.conversation_id = c.id
    GROUP BY c.id HAVING max(m.created_at) IS DISTINCT FROM c.last_message_at`,
  'no two messages share a revision, and none is ahead of its conversation': `
    SELECT c.id FROM chat_conversations c JOIN chat_messages m ON m.conversation_id = c.id
    GROUP BY c.id HAVING count(DISTINCT m.revision) <> count(*) OR max(m.revision) > c.revision`,
  'the revision is how many changes there were': `
    SELECT c.id FROM chat_conversations c LEFT JOIN chat_messages m ON m.conversation_id = c.id
    GROUP BY c.id
    HAVING c.revision <> count(m.id) + count(m.id) FILTER (WHERE m.is_read) + (NOT c.is_active)::int`,
  'time does not run backwards': `
    SELECT m.id FROM chat_messages m JOIN chat_messages n
      ON n.conversation_id = m.conversation_id AND n.seq = m.seq + 1
    WHERE n.created_at < m.created_at`,
  'nothing happens in the future, or before its conversation and its author': `
    SELECT m.id FROM chat_messages m JOIN chat_conversations c ON c.id = m.conversation_id
      JOIN auth_user u ON u.id = m.sender_id
    WHERE m.created_at > now() OR m.created_at < c.created_at OR m.created_at < u.created_at`,
  'read messages, and only they, have a reader of the other side, after they were written': `
    SELECT m.id FROM chat_messages m
      LEFT JOIN chat_message_read_status s ON s.message_id = m.id
      LEFT JOIN auth_user reader ON reader.id = s.user_id
    WHERE m.is_read <> (s.message_id IS NOT NULL) OR (reader.role = 'admin') = m.from_admin
      OR s.read_at < m.created_at OR s.read_at > now()`,
  'delivered marks name a message of the other side': `
    SELECT c.id FROM chat_conversations c LEFT JOIN chat_messages m
      ON m.conversation_id = c.id AND ((m.seq = c.user_delivered_seq AND m.from_admin)
        OR (m.seq = c.admin_delivered_seq AND NOT m.from_admin))
    GROUP BY c.id
    HAVING count(m.id) <> (c.user_delivered_seq > 0)::int + (c.admin_delivered_seq > 0)::int`,
  'senders are the owner and admins': `
    SELECT m.id FROM chat_messages m JOIN chat_conversations c ON c.id = m.conversation_id
      JOIN auth_user u ON u.id = m.sender_id
    WHERE CASE WHEN m.from_admin THEN u.role <> 'admin' ELSE u.id <> c.user_id END`,
};

describe('demo data', () => {
  let api: TestApp;

  beforeEach(async () => {
    api = await createTestApp();
  });
  afterEach(async () => {
    await api.close();
  });

  async function count(from: string): Promise<number> {
    const [row] = await api.dataSource.query<{ n: number }[]>(`SELECT count(*) AS n FROM ${from}`);
    return row?.n ?? NaN;
  }

  async function brokenRules(): Promise<string[]> {
    const broken: string[] = [];
    for (const [rule, sql] of Object.entries(BROKEN_RULES)) {
      const rows = await api.dataSource.query<unknown[]>(sql);
      if (rows.length > 0) broken.push(`${rule}: ${JSON.stringify(rows.slice(0, 3))}`);
    }
    return broken;
  }

  async function signIn(email: string, password: string): Promise<Session> {
    const answer = await api.request<Session>({
      method: 'POST',
      path: '/api/auth/login/',
      body: { email, password },
    });
    expect(answer.status).toBe(200);
    return answer.body;
  }

  it('R12 keeps every rule of the data, counted afresh', async () => {
    await loadDemoDataOnce(api.dataSource);
    expect(await brokenRules()).toEqual([]);
  });

  it('has a school full of people, a long thread, and unread messages on both sides', async () => {
    await loadDemoDataOnce(api.dataSource);
    expect(await count(`auth_user WHERE role = 'user'`)).toBeGreaterThanOrEqual(38);
    expect(await count(`auth_user WHERE role = 'admin'`)).toBe(3);
    expect(await count('chat_conversations WHERE message_count = 2000')).toBe(1);
    expect(await count('chat_conversations WHERE message_count = 0')).toBeGreaterThan(0);
    expect(await count('chat_conversations WHERE NOT is_active')).toBeGreaterThan(0);
    expect(await count('chat_conversations WHERE user_unread_count > 0')).toBeGreaterThan(2);
    expect(await count('chat_conversations WHERE admin_unread_count > 0')).toBeGreaterThan(2);
    expect(await count(`chat_messages WHERE content ~ '[\u0600-\u06ff]'`)).toBeGreaterThan(10);
  });

  it('loads within seconds, and a second time does nothing', async () => {
    const started = performance.now();
    const signIns = await loadDemoDataOnce(api.dataSource);
    expect(performance.now() - started).toBeLessThan(10_000);
    const before = await count('chat_messages');
    expect(await loadDemoDataOnce(api.dataSource)).toEqual(signIns);
    expect(await loadDemoData(api.dataSource)).toEqual(signIns);
    expect(await count('chat_messages')).toBe(before);
  });

  it('loads once when two instances start together', async () => {
    await Promise.all([loadDemoDataOnce(api.dataSource), loadDemoDataOnce(api.dataSource)]);
    expect(await count('chat_conversations WHERE message_count = 2000')).toBe(1);
  });

  it('gives sign-ins that work, the student’s with an answer not yet read', async () => {
    const [student, admin] = await loadDemoDataOnce(api.dataSource);
    const studentSession = await signIn(student?.email ?? '', student?.password ?? '');
    expect(studentSession.user.role).toBe('user');
    const { body } = await api.request<Conversation>({
      method: 'GET',
      path: '/api/chat/conversation/',
      headers: { authorization: `Bearer ${studentSession.access_token}` },
    });
    expect(body.unread_count).toBeGreaterThan(0);
    expect(body.last_message?.sender.role).toBe('admin');
    const adminSession = await signIn(admin?.email ?? '', admin?.password ?? '');
    expect(adminSession.user.role).toBe('admin');
  });

  it('leaves the numbering intact for people who come later', async () => {
    await loadDemoDataOnce(api.dataSource);
    const newcomer = await api.person('user', 'New Comer');
    const { body: conversation } = await newcomer.get<Conversation>('/api/chat/conversation/');
    const path = `/api/chat/conversations/${conversation.id}/messages/`;
    const sent = await newcomer.post<Message>(path, { content: 'My first question' });
    expect([sent.status, sent.body.seq]).toEqual([201, 1]);
  });

  it('leaves an address that somebody real has taken to them', async () => {
    const taken = { email: 'Student@demo.school', password: 'not the demo one', name: 'Real One' };
    await api.request({ method: 'POST', path: '/api/auth/register/', body: taken });
    const signIns = await loadDemoDataOnce(api.dataSource);
    expect(signIns.map(({ email }) => email)).toEqual(['admin@demo.school']);
    await signIn(taken.email, taken.password);
    expect(await brokenRules()).toEqual([]);
  });

  describe('removed', () => {
    it('is gone whole, and stays away until it is asked for', async () => {
      await loadDemoDataOnce(api.dataSource);
      const { kept, hasAdmin, removed } = await removeDemoData(api.dataSource);
      expect({ kept, hasAdmin }).toEqual({ kept: [], hasAdmin: false });
      expect(removed).toBeGreaterThan(38);
      for (const table of ['auth_user', 'chat_conversations', 'chat_messages']) {
        expect(await count(table)).toBe(0);
      }
      expect(await loadDemoDataOnce(api.dataSource)).toEqual([]);
      expect(await loadDemoData(api.dataSource)).toHaveLength(2);
      expect(await brokenRules()).toEqual([]);
    });

    it('is out of a running console and its bell at once', async () => {
      await loadDemoDataOnce(api.dataSource);
      const admin = await api.person('admin');
      const unread = async (): Promise<number> => {
        const { body } = await admin.get<{ unread_count: number }>('/api/chat/unread-count/');
        return body.unread_count;
      };
      expect(await unread()).toBeGreaterThan(0);
      await removeDemoData(api.dataSource);
      await eventually(async () => {
        expect(await unread()).toBe(0);
      });
      const list = await admin.get<Page<Conversation>>('/api/chat/conversations/');
      expect(list.body.count).toBe(0);
    });

    it('leaves real people and what they wrote, and disables whom it cannot take away', async () => {
      const [, demoAdmin] = await loadDemoDataOnce(api.dataSource);
      const admin = await api.person('admin', 'Real Admin');
      const student = await api.person('user', 'Real Student');
      const { body: own } = await student.get<Conversation>('/api/chat/conversation/');
      await student.post(`/api/chat/conversations/${own.id}/messages/`, { content: 'Hello?' });
      const session = await signIn(demoAdmin?.email ?? '', demoAdmin?.password ?? '');
      const asDemoAdmin = { authorization: `Bearer ${session.access_token}` };
      const ownPath = `/api/chat/conversations/${own.id}`;
      for (const [path, body] of [
        ['mark-read', undefined],
        ['messages', { content: 'Hello, a demo admin here' }],
      ] as const) {
        const url = `${ownPath}/${path}/`;
        await api.request({ method: 'POST', path: url, headers: asDemoAdmin, body });
      }
      const [emily] = await api.dataSource.query<{ id: number }[]>(
        `SELECT c.id FROM chat_conversations c JOIN auth_user u ON u.id = c.user_id
         WHERE u.email = 'emily.tran@demo.school'`,
      );
      const emilys = `/api/chat/conversations/${emily?.id ?? 0}/messages/`;
      await admin.post(emilys, { content: 'A real answer' });

      const { kept, hasAdmin } = await removeDemoData(api.dataSource);

      expect({ kept, hasAdmin }).toEqual({
        kept: ['Daniel Mensah', 'Emily Tran', 'Sara Lindqvist'],
        hasAdmin: true,
      });
      expect(await count('auth_user WHERE is_demo AND is_active')).toBe(0);
      const mine = await student.get<Page<Message>>(`${ownPath}/messages/`);
      expect(mine.body.results.map(({ content }) => content)).toEqual([
        'Hello, a demo admin here',
        'Hello?',
      ]);
      const theirs = await admin.get<Page<Message>>(emilys);
      expect(theirs.body.results[0]?.content).toBe('A real answer');
      expect(await brokenRules()).toEqual([]);
      const refused = await api.request({
        method: 'GET',
        path: '/api/auth/me/',
        headers: asDemoAdmin,
      });
      expect(refused.status).toBe(401);
      expect(await loadDemoData(api.dataSource)).toHaveLength(2);
      expect(await brokenRules()).toEqual([]);
    });
  });
});
