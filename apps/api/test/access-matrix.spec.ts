import { describe, expect, it, beforeAll, afterAll, jest } from '@jest/globals';
import {
  API_ROUTES,
  type Conversation,
  type Message,
  type StagedAttachment,
} from '@support-chat/contracts';
import { UserDirectory } from '../src/auth';
import { Database } from '../src/platform/database/database';
import { describeApi } from '../src/platform/http/open-api';
import { eventually } from './support/eventually';
import { picture } from './support/images';
import { createTestApp, problemOf, type Person, type TestApp } from './support/test-app';
import { upload } from './support/uploads';

type Who = 'nobody' | 'stranger' | 'owner' | 'admin' | 'disabled';

/** Who gets what from each route; a route without a row here fails the test below. */
const EXPECTED: Record<string, Record<Who, number>> = {
  'GET /health/live': all(200),
  'GET /health/ready': all(200),
  'POST /api/auth/register': all(400),
  'POST /api/auth/login': all(400),
  'POST /api/auth/refresh': all(401),
  'POST /api/auth/logout': all(204),
  'GET /api/auth/me': signedIn(200),
  'GET /api/chat/conversation': { ...signedIn(200), admin: 403 },
  'POST /api/chat/conversation': { ...signedIn(200), admin: 403 },
  'GET /api/chat/conversations': { ...signedIn(403), admin: 200 },
  'GET /api/chat/conversations/{id}': ownerOrAdmin(200),
  'GET /api/chat/conversations/{id}/messages': ownerOrAdmin(200),
  'POST /api/chat/conversations/{id}/messages': ownerOrAdmin(400),
  'GET /api/chat/conversations/{id}/updates': ownerOrAdmin(200),
  'POST /api/chat/conversations/{id}/mark-read': ownerOrAdmin(200),
  'POST /api/chat/conversations/{id}/delivered': ownerOrAdmin(400),
  'GET /api/chat/conversations/{id}/unread-count': ownerOrAdmin(200),
  'POST /api/chat/messages/mark-read': signedIn(400),
  'GET /api/chat/socket': all(426),
  'GET /api/chat/unread-count': signedIn(200),
  'GET /api/chat/unread': signedIn(200),
  'POST /api/chat/conversations/{id}/attachments': ownerOrAdmin(415),
  'DELETE /api/chat/attachments/{id}': ownerOrAdmin(409),
  'GET /api/chat/attachments/{id}/content': ownerOrAdmin(200),
  'GET /api/chat/attachments/{id}/thumbnail': ownerOrAdmin(200),
  'POST /api/chat/attachments/{id}/link': ownerOrAdmin(201),
  'GET /api/chat/attachment-policy': signedIn(200),
  'PUT /api/admin/attachment-policy': { ...signedIn(403), admin: 400 },
  'GET /api/notifications/channels': signedIn(200),
  'GET /api/notifications/preferences': signedIn(200),
  'PATCH /api/notifications/preferences': signedIn(200),
  'GET /api/notifications/unsubscribe': all(404),
  'POST /api/notifications/unsubscribe': all(404),
  'PUT /api/notifications/push-subscriptions': signedIn(400),
  'DELETE /api/notifications/push-subscriptions': signedIn(400),
  'POST /api/notifications/push-subscriptions/test': signedIn(400),
  'POST /api/admin/conversations/{id}/close': { ...ownerOrAdmin(200), stranger: 403, owner: 403 },
};

function all(status: number): Record<Who, number> {
  return { nobody: status, stranger: status, owner: status, admin: status, disabled: status };
}
function signedIn(status: number): Record<Who, number> {
  return { ...all(status), nobody: 401, disabled: 401 };
}
function ownerOrAdmin(status: number): Record<Who, number> {
  return { ...signedIn(status), stranger: 404 };
}

describe('A018 who may call what', () => {
  let test: TestApp;
  let conversation: Conversation;
  let attachment: StagedAttachment;
  let people: Record<Exclude<Who, 'nobody'>, Person>;

  beforeAll(async () => {
    test = await createTestApp();
    const owner = await test.person();
    const disabled = await test.person();
    people = {
      owner,
      disabled,
      stranger: await test.person(),
      admin: await test.person('admin'),
    };
    conversation = (await owner.get<Conversation>('/api/chat/conversation/')).body;
    await owner.post(`/api/chat/conversations/${conversation.id}/messages/`, { content: 'hello' });
    const content = await picture(20, 10).png().toBuffer();
    attachment = (await upload(test, owner, conversation.id, { content })).body;
    await owner.post(API_ROUTES.messages(conversation.id), { attachment_id: attachment.id });
    await test.app.get(UserDirectory).setActive(disabled.id, false);
  });
  afterAll(async () => test.close());

  it('every route of the API has a row in the table, and no row is without a route', () => {
    const routes = Object.entries(describeApi(test.app).paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it('every route that sends strangers away is described as asking for a token, and no other', () => {
    const document = describeApi(test.app);
    for (const [route, statuses] of Object.entries(EXPECTED)) {
      const [method = '', path = ''] = route.split(' ');
      const operation = document.paths[path]?.[method.toLowerCase() as 'get'];
      const schemes = (operation?.security ?? document.security ?? []).flatMap(Object.keys);
      const asksForToken = statuses.nobody === 401 && statuses.admin !== 401;
      expect([route, schemes.includes('bearer')]).toEqual([route, asksForToken]);
    }
  });

  for (const [route, statuses] of Object.entries(EXPECTED)) {
    const [method = '', path = ''] = route.split(' ');
    for (const [who, status] of Object.entries(statuses) as [Who, number][]) {
      it(`${route} answers ${who} with ${status}`, async () => {
        const { id } = path.startsWith('/api/chat/attachments/') ? attachment : conversation;
        const url = path.replace('{id}', String(id));
        const token = who === 'nobody' ? undefined : people[who].token;
        const headers: Record<string, string> = {};
        // A logout with a token would end the session that the other rows use.
        if (token !== undefined && !route.endsWith('logout'))
          headers['authorization'] = `Bearer ${token}`;
        const answer = await test.request({ method, path: `${url}/`, headers });
        expect(answer.status).toBe(status);
        if (status === 401) expect(answer.headers['www-authenticate']).toBe('Bearer');
      });
    }
  }

  it('A001 a foreign conversation looks like one that never was, whatever is sent', async () => {
    const stranger = people.stranger;
    const shapeOf = async (
      id: number | string,
      suffix: string,
      body?: unknown,
    ): Promise<unknown> => {
      const path = `/api/chat/conversations/${id}/${suffix}`;
      const answer =
        body === undefined ? await stranger.get(path) : await stranger.post(path, body);
      const { instance: _, ...problem } = problemOf(answer);
      const { 'x-request-id': _id, date: _date, ...headers } = answer.headers;
      return { status: answer.status, problem, headers };
    };
    const cases: [string, unknown?][] = [
      [''],
      ['messages/'],
      ['updates/?after=x'],
      ['unread-count/'],
      ['messages/', { content: '' }],
      ['messages/', '{"content":'],
      ['mark-read/', { what: 1 }],
      ['delivered/', { seq: 'x' }],
      ['attachments/', 'no form'],
    ];
    for (const [suffix, body] of cases) {
      const foreign = await shapeOf(conversation.id, suffix, body);
      expect(foreign).toEqual(await shapeOf(987_654_321, suffix, body));
      expect(foreign).toMatchObject({ status: 404, problem: { code: 'not_found' } });
    }
    const owner = people.owner;
    const { body } = await owner.get<{ results: Message[] }>(
      `/api/chat/conversations/${conversation.id}/messages/`,
    );
    expect(body.results).toHaveLength(2);
  });

  it('A001 memory knows a conversation for who may enter it; who may not waits for the database', async () => {
    const rows = jest.spyOn(test.app.get(Database), 'rows');
    const ownersRead = async (who: Person, id: number): Promise<number> => {
      rows.mockClear();
      await who.get(API_ROUTES.conversationUnreadCount(id));
      return rows.mock.calls.filter(([{ name }]) => name === 'conversation-owner').length;
    };
    await eventually(async () => {
      expect(await ownersRead(people.owner, conversation.id)).toBe(0);
    });
    for (const id of [conversation.id, 987_654_321, conversation.id, 987_654_321]) {
      expect([id, await ownersRead(people.stranger, id)]).toEqual([id, 1]);
    }
    expect(await ownersRead(people.owner, conversation.id)).toBe(0);
    rows.mockRestore();
  });

  it('A009 an id that is no plain positive integer is 404, never an error', async () => {
    const admin = people.admin;
    const ids = [
      '0',
      '-1',
      '01',
      '1.0',
      '1e3',
      '%201',
      '1%00',
      '٣',
      'NaN',
      'true',
      '[1]',
      '9223372036854775808',
      '9007199254740993',
      '1'.repeat(4096),
      '%zz',
      '%ff',
    ];
    for (const id of ids) {
      const answer = await admin.get(
        `/api/chat/conversations/${encodeURI(id).replaceAll('%25', '%')}/`,
      );
      expect([id, answer.status]).toEqual([id, 404]);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    }
  });

  it('A021 detours lead nowhere', async () => {
    const student = people.owner;
    for (const path of [
      '//api/chat/conversations/',
      '/api//chat/conversations/',
      '/API/chat/conversations/',
      '/api/chat/conversations;x=1',
      '/api/chat/conversations%2f',
      '/api/chat/conversations/.',
      '/api/chat/./conversations/',
      '/api/auth/%2e%2e/chat/conversations/',
    ]) {
      const answer = await student.get(path);
      expect([path, [403, 404].includes(answer.status)]).toEqual([path, true]);
    }
  });
});
