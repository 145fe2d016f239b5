import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import {
  API_ROUTES,
  SOCKET_PATH,
  PROBLEM_CODES,
  type Conversation,
  type Message,
} from '@support-chat/contracts';
import { PROBLEMS } from '../src/platform/http/problem.error';
import { describeApi } from '../src/platform/http/open-api';
import { DocumentedSchemas } from './support/documented-schemas';
import { picture } from './support/images';
import {
  createTestApp,
  TEST_PASSWORD,
  type Answer,
  type Person,
  type TestApp,
} from './support/test-app';
import { upload } from './support/uploads';

/** The headers of an answer that are there for its client to read. */
function toldHeaders({ headers }: Answer): string[] {
  const told = ['etag', 'content-range', 'idempotency-replayed', 'www-authenticate'];
  return told.filter((name) => headers[name] !== undefined);
}

describe('the OpenAPI document', () => {
  let test: TestApp;
  let document: OpenAPIObject;
  let student: Person;
  let admin: Person;
  let schemas: DocumentedSchemas;

  beforeAll(async () => {
    test = await createTestApp();
    document = describeApi(test.app);
    schemas = new DocumentedSchemas(document);
    [student, admin] = [await test.person(), await test.person('admin')];
  });
  afterAll(async () => test.close());

  /** Every documented answer names the schema that the real one is checked against, and its headers. */
  function expectDocumented(method: string, path: string, answer: Answer): void {
    const responses = document.paths[path]?.[method as 'get']?.responses;
    const described = responses?.[String(answer.status)];
    const response = answer.status < 400 ? described : (described ?? responses?.default);
    if (!response || '$ref' in response)
      throw new Error(`${method} ${path} ${answer.status} is not described`);
    const names = Object.keys(response.headers ?? {}).map((name) => name.toLowerCase());
    expect(names).toEqual(expect.arrayContaining(toldHeaders(answer)));
    const type = String(answer.headers['content-type'] ?? '').split(';')[0] ?? '';
    const schema = response.content?.[type]?.schema;
    if (answer.text === '') {
      expect(response.content).toBeUndefined();
      return;
    }
    if (!schema) throw new Error(`${method} ${path} ${answer.status} has no schema for ${type}`);
    const validate = schemas.compile(schema);
    expect([validate(answer.body), validate.errors]).toEqual([true, null]);
  }

  it('describes every real answer, good and bad', async () => {
    const credentials = { email: 'new@school.test', password: TEST_PASSWORD };
    const anybody = { method: 'POST', headers: {} };
    expectDocumented(
      'post',
      '/api/auth/register',
      await test.request({
        ...anybody,
        path: '/api/auth/register/',
        body: { ...credentials, name: 'New' },
      }),
    );
    expectDocumented(
      'post',
      '/api/auth/register',
      await test.request({
        ...anybody,
        path: '/api/auth/register/',
        body: { ...credentials, name: 'New' },
      }),
    );
    expectDocumented(
      'post',
      '/api/auth/login',
      await test.request({ ...anybody, path: '/api/auth/login/', body: credentials }),
    );
    expectDocumented(
      'post',
      '/api/auth/login',
      await test.request({ ...anybody, path: '/api/auth/login/', body: {} }),
    );
    expectDocumented(
      'post',
      '/api/auth/refresh',
      await test.request({ ...anybody, path: '/api/auth/refresh/' }),
    );
    expectDocumented(
      'post',
      '/api/auth/logout',
      await test.request({ ...anybody, path: '/api/auth/logout/' }),
    );
    expectDocumented('get', '/api/auth/me', await student.get('/api/auth/me/'));
    const mine = await student.get<Conversation>('/api/chat/conversation/');
    expectDocumented('get', '/api/chat/conversation', mine);
    expectDocumented('get', '/api/chat/conversation', await admin.get('/api/chat/conversation/'));
    expectDocumented(
      'post',
      '/api/chat/conversation',
      await student.post('/api/chat/conversation/'),
    );
    const base = `/api/chat/conversations/${mine.body.id}`;
    const pattern = '/api/chat/conversations/{id}';
    const sent = await student.post<Message>(`${base}/messages/`, {
      content: 'hello',
      client_message_id: '0b0e7a52-6f0d-4e43-8a52-1d7a3a2f0c11',
    });
    expectDocumented('post', `${pattern}/messages`, sent);
    expectDocumented(
      'post',
      `${pattern}/messages`,
      await student.post(`${base}/messages/`, {
        content: 'hello',
        client_message_id: '0b0e7a52-6f0d-4e43-8a52-1d7a3a2f0c11',
      }),
    );
    expectDocumented('post', `${pattern}/messages`, await student.post(`${base}/messages/`, {}));
    for (const query of ['', '?before=9', '?page=7', '?page=x']) {
      expectDocumented(
        'get',
        `${pattern}/messages`,
        await student.get(`${base}/messages/${query}`),
      );
    }
    for (const query of ['', '?after=1', '?after=9']) {
      expectDocumented('get', `${pattern}/updates`, await student.get(`${base}/updates/${query}`));
    }
    for (const query of ['', '?cursor=', '?page=2', '?cursor=x']) {
      expectDocumented(
        'get',
        '/api/chat/conversations',
        await admin.get(`/api/chat/conversations/${query}`),
      );
    }
    expectDocumented('get', pattern, await admin.get(`${base}/`));
    expectDocumented('get', `${pattern}/unread-count`, await admin.get(`${base}/unread-count/`));
    expectDocumented('get', '/api/chat/unread-count', await admin.get('/api/chat/unread-count/'));
    expectDocumented(
      'post',
      '/api/chat/messages/mark-read',
      await admin.post('/api/chat/messages/mark-read/', { message_ids: [sent.body.id] }),
    );
    expectDocumented('post', `${pattern}/mark-read`, await admin.post(`${base}/mark-read/`));
    expectDocumented(
      'post',
      `${pattern}/delivered`,
      await admin.post(`${base}/delivered/`, { seq: 1 }),
    );
    expectDocumented(
      'post',
      '/api/admin/conversations/{id}/close',
      await admin.post(`/api/admin/conversations/${mine.body.id}/close/`),
    );
  });

  it('describes every real answer about notices', async () => {
    const expectCalls = async (
      path: string,
      methods: ('get' | 'post' | 'put' | 'patch' | 'delete')[],
    ) => {
      for (const method of methods) {
        expectDocumented(method, path, await student[method](`${path}/`, {}));
      }
    };
    await expectCalls('/api/notifications/channels', ['get']);
    await expectCalls('/api/notifications/preferences', ['get', 'patch']);
    await expectCalls('/api/notifications/push-subscriptions', ['put', 'delete']);
    await expectCalls('/api/notifications/push-subscriptions/test', ['post']);
    await expectCalls('/api/chat/unread', ['get']);
    const page = await student.get('/api/notifications/unsubscribe/?token=x');
    expectDocumented('get', '/api/notifications/unsubscribe', { ...page, body: page.text });
  });

  it('describes the answers to who has it already, who has no token, and who asks for health', async () => {
    const { body } = await student.get<Conversation>(API_ROUTES.myConversation);
    const sees: [string, string][] = [
      ['/api/chat/conversations', API_ROUTES.conversations],
      ['/api/chat/conversations/{id}/messages', API_ROUTES.messages(body.id)],
      ['/api/chat/conversations/{id}/unread-count', API_ROUTES.conversationUnreadCount(body.id)],
      ['/api/chat/unread-count', API_ROUTES.unreadCount],
    ];
    for (const [pattern, path] of sees) {
      const first = await admin.get(path);
      const again = await admin.get(path, { 'if-none-match': String(first.headers['etag']) });
      expect([first.status, again.status]).toEqual([200, 304]);
      for (const answer of [first, again]) expectDocumented('get', pattern, answer);
      expectDocumented('get', pattern, await test.request({ method: 'GET', path }));
    }
    for (const path of ['/health/live', '/health/ready']) {
      expectDocumented('get', path, await test.request({ method: 'GET', path }));
    }
  });

  it('describes every real answer about attachments', async () => {
    const mine = await student.get<Conversation>(API_ROUTES.myConversation);
    const { id } = mine.body;
    const uploads = '/api/chat/conversations/{id}/attachments';
    const content = await picture(20, 10).webp().toBuffer();
    const staged = await upload(test, student, id, { content });
    expectDocumented('post', uploads, staged);
    expectDocumented('post', uploads, await upload(test, student, id, { content: '' }));
    const sent = await student.post(API_ROUTES.messages(id), { attachment_id: staged.body.id });
    expect(sent.status).toBe(201);
    expectDocumented('post', '/api/chat/conversations/{id}/messages', sent);
    const attachment = '/api/chat/attachments/{id}';
    const link = await student.post(API_ROUTES.attachmentLink(staged.body.id));
    expectDocumented('post', `${attachment}/link`, link);
    const headers = { authorization: `Bearer ${admin.token}` };
    const used = { method: 'DELETE', path: API_ROUTES.attachment(staged.body.id), headers };
    expectDocumented('delete', attachment, await test.request(used));
    const { id: file } = staged.body;
    for (const [pattern, path] of [
      [`${attachment}/content`, API_ROUTES.attachmentContent(file)],
      [`${attachment}/thumbnail`, API_ROUTES.attachmentThumbnail(file)],
    ] as const) {
      const whole = await student.get(path);
      const part = await student.get(path, { range: 'bytes=0-3' });
      const again = await student.get(path, { 'if-none-match': String(whole.headers['etag']) });
      expect([whole.status, part.status, again.status]).toEqual([200, 206, 304]);
      for (const answer of [whole, part, again])
        expectDocumented('get', pattern, { ...answer, body: answer.text });
    }
    const none = await student.get(API_ROUTES.attachmentThumbnail(987_654_321));
    expectDocumented('get', `${attachment}/thumbnail`, none);
    const policy = await student.get(API_ROUTES.attachmentPolicy);
    expectDocumented('get', '/api/chat/attachment-policy', policy);
    const change = { method: 'PUT', path: API_ROUTES.changeAttachmentPolicy, headers };
    for (const body of [policy.body, {}]) {
      const changed = await test.request({ ...change, body });
      expectDocumented('put', '/api/admin/attachment-policy', changed);
    }
  });

  it('has the paths that clients call, each with an operation id of its own', () => {
    const called = [...Object.values(API_ROUTES), SOCKET_PATH].map((route) =>
      (typeof route === 'string' ? route : route(0).replace('/0/', '/{id}/')).replace(/\/$/, ''),
    );
    const api = Object.keys(document.paths).filter((path) => path.startsWith('/api/'));
    expect(api.sort()).toEqual([...new Set(called)].sort());
    const ids = Object.values(document.paths).flatMap(({ get, post, put, patch, delete: remove }) =>
      [get, post, put, patch, remove].flatMap((operation) =>
        operation ? [operation.operationId] : [],
      ),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is served, with a page that shows it', async () => {
    expect((await test.request({ method: 'GET', path: '/api/docs-json' })).status).toBe(200);
    const page = await test.request({ method: 'GET', path: '/api/docs' });
    expect(page.headers['content-type']).toContain('text/html');
  });

  it('every problem code has a status and a title', () => {
    expect(Object.keys(PROBLEMS).sort()).toEqual([...PROBLEM_CODES].sort());
  });
});
