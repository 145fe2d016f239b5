import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { ForbiddenAddressError, postOutside } from '../src/platform/outbound/outbound-post';

describe('A107 postOutside', () => {
  let server: Server;
  let connections: number;
  let answer: string;

  beforeEach(async () => {
    connections = 0;
    answer = 'HTTP/1.1 204 No Content\r\n\r\n';
    server = createServer((socket) => {
      connections += 1;
      socket.end(answer);
    });
    server.listen(0);
    await once(server, 'listening');
  });
  afterEach(() => {
    server.close();
  });

  const post = async (host: string, isNamedAddress: boolean): Promise<number> => {
    const url = new URL(`http://${host}:${(server.address() as AddressInfo).port}/`);
    return postOutside({ url, headers: {}, body: Buffer.from('x'), isNamedAddress });
  };

  it.each(['localhost', '127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0'])(
    'not one packet goes to %s, which leads to this machine',
    async (host) => {
      await expect(post(host, false)).rejects.toThrow(ForbiddenAddressError);
      expect(connections).toBe(0);
    },
  );

  it('a name that cannot be found is a failure of this post, and nothing else', async () => {
    // Reserved for names that never exist (RFC 6761).
    await expect(post('push.invalid', false)).rejects.toMatchObject({ syscall: 'getaddrinfo' });
  });

  it('goes to an address of the inner network that the settings name', async () => {
    expect(await post('127.0.0.1', true)).toBe(204);
    expect(connections).toBe(1);
  });

  it.each(['HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n', ''])(
    'a server that answers %j fails this post, and it does not wait for ever',
    async (wrong) => {
      answer = wrong;
      await expect(post('127.0.0.1', true)).rejects.toThrow(/without an answer|socket hang up/);
    },
  );
});
