import { afterEach, describe, expect, it } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { FileStore } from '../../../platform/storage/file-store';
import { sendFile } from './send-file';

const UNREAD_MS = 200;
const CHUNK = Buffer.alloc(64 * 1024, 'x');

/** Has one file without an end. */
class EndlessStore extends FileStore {
  readonly file = new Readable({
    read() {
      this.push(CHUNK);
    },
  });

  put(): Promise<void> {
    return Promise.reject(new Error('Not here.'));
  }

  read(): Promise<Readable> {
    return Promise.resolve(this.file);
  }

  remove(): Promise<void> {
    return Promise.reject(new Error('Not here.'));
  }
}

describe('a file on its way', () => {
  let server: FastifyInstance;
  let client: Socket;

  afterEach(async () => {
    client.destroy();
    await server.close();
  });

  async function download(): Promise<Readable> {
    const store = new EndlessStore();
    const size = Number.MAX_SAFE_INTEGER;
    const file = {
      key: 'endless',
      size,
      mediaType: 'text/plain',
      tag: '"x"',
      disposition: 'inline',
    };
    server = fastify();
    server.get('/', async (request, reply) => {
      await sendFile(request, reply, store, file, UNREAD_MS);
      return reply;
    });
    await server.listen({ host: '127.0.0.1', port: 0 });
    client = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
    client.on('error', () => undefined);
    client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(client, 'readable');
    return store.file;
  }

  it('is let go of when nobody reads it', async () => {
    const file = await download();
    await once(file, 'close');
    expect(file.destroyed).toBe(true);
  });

  it('goes on for as long as somebody reads', async () => {
    const file = await download();
    client.resume();
    await pause(UNREAD_MS * 3);
    expect(file.destroyed).toBe(false);
    client.destroy();
    await once(file, 'close');
  });
});
