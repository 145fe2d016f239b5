import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { createTestApp, type TestApp } from './support/test-app';

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

  it('R21 whoever dribbles headers, or sends nothing, is cut off after 10 s', async () => {
    const start = Date.now();
    const answers = await Promise.all(['', 'GET /health/live HTTP/1.1\r\n'].map(exchange));
    for (const answer of answers) expect(answer).toContain('408 Request Timeout');
    expect(Date.now() - start).toBeLessThan(11_000);
  }, 60_000);
});
