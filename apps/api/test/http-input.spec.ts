import { describe, expect, it, beforeAll, afterAll } from '@jest/globals';
import type { Conversation, Problem } from '@support-chat/contracts';
import {
  createTestApp,
  problemOf,
  type Answer,
  type Person,
  type TestApp,
} from './support/test-app';

describe('bad input', () => {
  let test: TestApp;
  let student: Person;
  let path: string;

  beforeAll(async () => {
    test = await createTestApp();
    student = await test.person();
    const { body } = await student.get<Conversation>('/api/chat/conversation/');
    path = `/api/chat/conversations/${body.id}/messages/`;
  });
  afterAll(async () => {
    const [row] = await test.dataSource.query<{ count: number }[]>(
      'SELECT count(*) FROM chat_messages',
    );
    expect(row?.count).toBe(0);
    await test.close();
  });

  const raw = async (
    body: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<Answer<Problem>> =>
    test.request<Problem>({
      method: 'POST',
      path,
      body,
      headers: { authorization: `Bearer ${student.token}`, ...headers },
    });

  it('A049 broken JSON is malformed_json and never echoed', async () => {
    for (const body of [
      '{',
      '{"content":"secret-text",}',
      '{"content":NaN}',
      '// x\n{}',
      '{"content":"secret-text"',
      "{'content':'x'}",
      '\ufeff{"content":"x"}',
    ]) {
      const answer = await raw(body);
      expect([body, answer.status, answer.body.code]).toEqual([body, 400, 'malformed_json']);
      expect(answer.text).not.toContain('secret-text');
    }
  });

  it('A050, A051 text that the database cannot hold is invalid_encoding', async () => {
    const bodies = [
      Buffer.from([...Buffer.from('{"content":"'), 0x81, ...Buffer.from('"}')]),
      Buffer.from([...Buffer.from('{"content":"'), 0xc0, 0x80, ...Buffer.from('"}')]),
      Buffer.from([...Buffer.from('{"content":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')]),
      '{"content":"a\\u0000b"}',
      '{"content":"\\ud800"}',
      '{"content\\u0000":"x"}',
    ];
    for (const body of bodies) {
      const answer = await raw(body);
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid_encoding']);
    }
  });

  it('A014 prototype keys and unknown fields are refused at any depth', async () => {
    for (const body of [
      '{"content":"x","__proto__":{"x":1}}',
      '{"content":"x","constructor":{"prototype":{"x":1}}}',
      '{"content":"x","toString":"y"}',
      '{"content":"x","a":{"__proto__":1}}',
      '{"content":"x","sender_id":1}',
      '{"content":"x","is_read":true}',
    ]) {
      const answer = await raw(body);
      expect([body, answer.status]).toEqual([body, 400]);
      expect(answer.body.errors?.[0]?.code).toBe('unknown_field');
    }
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('A054 wrong types are named by field', async () => {
    for (const content of ['null', '5', 'true', '[]', '{}', '1e400']) {
      const answer = await raw(`{"content":${content}}`);
      expect(answer.status).toBe(400);
      expect(answer.body.errors?.[0]).toMatchObject({ field: 'content' });
    }
    for (const body of ['[]', '"x"', 'null', '5', 'true']) {
      const answer = await raw(body);
      expect([body, answer.status, answer.body.code]).toEqual([body, 400, 'validation_failed']);
    }
    expect((await raw('')).body.errors).toMatchObject([{ field: 'content', code: 'required' }]);
  });

  it('A055 deep nesting and many keys cost nothing and are refused', async () => {
    const deep = await raw(`{"content":${'['.repeat(30_000)}${']'.repeat(30_000)}}`);
    expect([deep.status, deep.body.code]).toEqual([400, 'malformed_json']);
    const keys = Array.from({ length: 4_000 }, (_, n) => `"k${n}":1`).join(',');
    const many = await raw(`{"content":"x",${keys}}`);
    expect(many.status).toBe(400);
    expect(many.body.code).toBe('validation_failed');
    const some = Array.from({ length: 90 }, (_, n) => `"k${n}":1`).join(',');
    expect((await raw(`{"content":"x",${some}}`)).body.errors).toHaveLength(20);
  });

  it('A053 the last of duplicate keys counts', async () => {
    const answer = await raw('{"content":"x","content":""}');
    expect(answer.body.errors).toMatchObject([{ field: 'content', code: 'too_short' }]);
  });

  it('A057, A058 only plain UTF-8 JSON up to 64 KiB', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/xml',
      'multipart/form-data; boundary=x',
      'application/json; charset=utf-16',
      'application/jsonp',
    ]) {
      const answer = await raw('{"content":"x"}', { 'content-type': type });
      expect([type, answer.status, answer.body.code]).toEqual([
        type,
        415,
        'unsupported_media_type',
      ]);
    }
    const zipped = await raw('{"content":"x"}', { 'content-encoding': 'gzip' });
    expect(zipped.status).toBe(415);
    const large = await raw(`{"content":"${'x'.repeat(64 * 1024)}"}`);
    expect([large.status, large.body.code]).toEqual([413, 'payload_too_large']);
  });

  it('A065 unknown addresses are problem+json, other methods 405 with Allow', async () => {
    const unknown = await test.request<Problem>({ method: 'GET', path: '/api/nothing/' });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'not_found']);
    for (const [method, address, allow] of [
      ['DELETE', path, 'GET, HEAD, POST'],
      ['PUT', '/api/auth/login', 'POST'],
      ['POST', '/api/chat/unread-count/', 'GET, HEAD'],
      ['PATCH', '/health/live', 'GET, HEAD'],
      ['QUERY', path, 'GET, HEAD, POST'],
    ] as const) {
      const answer = await test.request<Problem>({ method, path: address });
      expect([answer.status, answer.body.code, answer.headers['allow']]).toEqual([
        405,
        'method_not_allowed',
        allow,
      ]);
    }
  });

  it('R29 whoever is deleted in the midst of a call meets nothing, not a fault of ours', async () => {
    const gone = await test.person();
    const { body } = await gone.get<Conversation>('/api/chat/conversation/');
    await test.dataSource.query('ALTER TABLE auth_user DISABLE TRIGGER auth_user_changed');
    await test.dataSource.query('DELETE FROM auth_user WHERE id = $1', [gone.id]);
    await test.dataSource.query('ALTER TABLE auth_user ENABLE TRIGGER auth_user_changed');
    for (const address of [
      '/api/chat/conversation/',
      `/api/chat/conversations/${body.id}/mark-read/`,
    ]) {
      const answer = await gone.post<Problem>(address);
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    }
  });

  it('every error carries its request id, and nothing of the inside', async () => {
    const answer = await test.request<Problem>({
      method: 'GET',
      path: '/api/chat/conversations/1/',
      headers: { 'x-request-id': 'my-request-42' },
    });
    expect(answer.headers['x-request-id']).toBe('my-request-42');
    expect(answer.body).toEqual({
      type: '/problems/unauthenticated',
      title: 'Unauthenticated',
      status: 401,
      detail: expect.any(String) as unknown,
      instance: 'my-request-42',
      code: 'unauthenticated',
    });
    const forged = await test.request({
      method: 'GET',
      path: '/x',
      headers: { 'x-request-id': 'a b\tc' },
    });
    expect(forged.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  });

  it('A069 every answer has the security headers and is not cached', async () => {
    for (const answer of [await student.get(path), await student.get('/nothing'), await raw('{')]) {
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      expect(answer.headers['content-security-policy']).toContain("object-src 'none'");
      expect(answer.headers['content-security-policy']).toContain("base-uri 'none'");
      expect(answer.headers['x-powered-by']).toBeUndefined();
    }
  });

  it('A070 foreign origins get no CORS headers', async () => {
    const answer = await student.get(path, { origin: 'https://evil.example' });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(
      problemOf(
        await test.request({
          method: 'OPTIONS',
          path,
          headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
        }),
      ).code,
    ).toBe('method_not_allowed');
  });
});
