import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_ROUTES, type Conversation } from '@support-chat/contracts';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Settings } from '../src/platform/config/settings';
import { eventually } from './support/eventually';
import { createTestApp, type TestApp } from './support/test-app';
import { formOf } from './support/uploads';

describe('what comes over the wire', () => {
  let test: TestApp;
  let port: number;

  beforeAll(async () => {
    test = await createTestApp();
    const fastify = test.app.getHttpAdapter().getInstance();
    await fastify.listen({ port: 0, host: '127.0.0.1' });
    ({ port } = fastify.server.address() as AddressInfo);
  });
  afterAll(async () => test.close());

  /** All that comes back until the server closes the connection. */
  async function exchange(request: string): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (bytes) => (answer += bytes.toString()));
    socket.write(request);
    await once(socket, 'close');
    return answer;
  }

  const CHUNKED = 'Transfer-Encoding: chunked\r\n';
  it.each([
    ['CL+TE', `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n${CHUNKED}\r\n0\r\n\r\n`, 400],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n',
      400,
    ],
    ['a bare LF', 'GET /health/live HTTP/1.1\nHost: x\n\n', 400],
    ['a folded header', 'GET /health/live HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n', 400],
    ['a space before the colon', 'GET /health/live HTTP/1.1\r\nHost : x\r\n\r\n', 400],
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['a header of 20 kB', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['an address of 20 kB', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
  ])('A059 %s is refused without a word and the connection closed', async (_, request, status) => {
    const answer = await exchange(request);
    expect(answer).toMatch(
      new RegExp(
        `^HTTP/1\\.1 ${status} [\\w ]+\\r\\nConnection: close\\r\\nContent-Length: 0\\r\\n\\r\\n$`,
      ),
    );
  });

  it('R21 a large body may take its time, any other is cut off', async () => {
    const fastify = test.app.getHttpAdapter().getInstance();
    const { headersTimeout, requestTimeout } = fastify.server;
    Object.assign(fastify.server, { headersTimeout: 1_000, requestTimeout: 1_500 });
    const student = await test.person();
    const { body } = await student.get<Conversation>(API_ROUTES.myConversation);
    const dribble = async (path: string, type: string, content: Buffer): Promise<string> => {
      const socket = connect(port, '127.0.0.1');
      let answer = '';
      socket.on('data', (bytes) => (answer += bytes.toString()));
      const closed = once(socket, 'close');
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${content.length}\r\n` +
          `Authorization: Bearer ${student.token}\r\nContent-Type: ${type}\r\n\r\n`,
      );
      const pieces = 8;
      const size = Math.ceil(content.length / pieces);
      const timer = setInterval(() => {
        if (content.length === 0) return;
        socket.write(content.subarray(0, size));
        content = content.subarray(size);
      }, 500);
      await closed;
      clearInterval(timer);
      return answer;
    };
    const form = formOf({ content: 'x'.repeat(1_000) });
    const [uploaded, sent] = await Promise.all([
      dribble(API_ROUTES.uploads(body.id), form.headers['content-type'], form.body),
      dribble(API_ROUTES.messages(body.id), 'application/json', Buffer.from('{"content":"hello"}')),
    ]);
    Object.assign(fastify.server, { headersTimeout, requestTimeout });
    expect(uploaded).toMatch(/^HTTP\/1\.1 201 /);
    expect(sent).toMatch(/^HTTP\/1\.1 408 /);
  }, 60_000);

  it('R39 an upload that breaks off leaves nothing', async () => {
    const student = await test.person();
    const { body } = await student.get<Conversation>(API_ROUTES.myConversation);
    const form = formOf({ content: 'x'.repeat(500_000) });
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST ${API_ROUTES.uploads(body.id)} HTTP/1.1\r\nHost: x\r\nContent-Length: ${form.body.length}\r\n` +
        `Authorization: Bearer ${student.token}\r\nContent-Type: ${form.headers['content-type']}\r\n\r\n`,
    );
    socket.write(form.body.subarray(0, 300_000));
    const { dataDir } = test.app.get(Settings);
    const unfinished = async (): Promise<string[]> => readdir(join(dataDir, 'uploads/unfinished'));
    await eventually(async () => {
      expect(await unfinished()).toHaveLength(1);
    });
    socket.destroy();
    await eventually(async () => {
      expect(await unfinished()).toEqual([]);
    });
  });

  it('R21 whoever dribbles headers, or sends nothing, is cut off after 10 s', async () => {
    const start = Date.now();
    const answers = await Promise.all(['', 'GET /health/live HTTP/1.1\r\n'].map(exchange));
    for (const answer of answers) expect(answer).toContain('408 Request Timeout');
    expect(Date.now() - start).toBeLessThan(11_000);
  }, 60_000);
});
