import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { API_ROUTES, type Conversation } from '@support-chat/contracts';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { AttachmentCleaning } from '../src/chat';
import { ignoreCode } from '../src/platform/error-code';
import { Settings, type S3Settings } from '../src/platform/config/settings';
import { ProblemError } from '../src/platform/http/problem.error';
import { FileStore, MissingFileError } from '../src/platform/storage/file-store';
import { FolderStore } from '../src/platform/storage/folder-store';
import { S3Store } from '../src/platform/storage/s3-store';
import { TemporaryFiles } from '../src/platform/storage/temporary-files';
import { eventually } from './support/eventually';
import { picture } from './support/images';
import { startS3Server, type S3Server } from './support/s3-server';
import { createTestApp } from './support/test-app';
import { upload } from './support/uploads';

let folder: string;
let s3: S3Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'support-chat-store-'));
  s3 = await startS3Server();
});
afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each([
  ['a folder', () => new FolderStore(join(folder, 'files'))],
  ['S3', () => new S3Store(s3.settings)],
])('a file store on %s', (_, create) => {
  let store: FileStore;
  let key: string;

  beforeAll(() => {
    store = create();
  });
  beforeEach(() => {
    key = randomUUID();
  });

  async function put(content: Buffer, as = key): Promise<void> {
    const path = join(folder, 'incoming');
    await writeFile(path, content);
    await store.put(as, path);
  }

  it('gives back what was put in, whole and in parts', async () => {
    const content = Buffer.from(Array.from({ length: 300_000 }, (_, n) => n % 251));
    await put(content);
    expect((await buffer(await store.read(key))).equals(content)).toBe(true);
    const part = await buffer(await store.read(key, { first: 1000, last: 1999 }));
    expect(part.equals(content.subarray(1000, 2000))).toBe(true);
    const last = await buffer(await store.read(key, { first: 299_999, last: 299_999 }));
    expect(last.equals(content.subarray(-1))).toBe(true);
  });

  it('tells of a file that is not there', async () => {
    await expect(store.read(key)).rejects.toThrow(MissingFileError);
  });

  it('removes those that are there, and does not mind the others', async () => {
    const second = `${key}-thumbnail`;
    await put(Buffer.from('one'));
    await put(Buffer.from('two'), second);
    await store.remove([key, randomUUID(), second]);
    await store.remove([key]);
    for (const gone of [key, second]) {
      await expect(store.read(gone)).rejects.toThrow(MissingFileError);
    }
  });

  it('A079 takes no key that might be a path', async () => {
    for (const path of ['../x', '/etc/passwd', '..', 'a/b', 'A', '', '.htaccess', 'a\0', 'a\\b']) {
      await expect(store.read(path)).rejects.toThrow('no key');
      await expect(put(Buffer.from('x'), path)).rejects.toThrow('no key');
      await expect(store.remove([path])).rejects.toThrow('no key');
    }
  });
});

it('a file goes the whole way on S3, and nothing of it stays on the disk', async () => {
  const test = await createTestApp({ s3: s3.settings });
  const student = await test.person();
  const { body: conversation } = await student.get<Conversation>(API_ROUTES.myConversation);
  const content = await picture(900, 600).png().toBuffer();
  const { status, body } = await upload(test, student, conversation.id, { content });
  expect(status).toBe(201);
  await student.post(API_ROUTES.messages(conversation.id), { attachment_id: body.id });
  const path = API_ROUTES.attachmentContent(body.id);
  const part = await student.get(path, { range: 'bytes=1-3' });
  expect([part.status, part.text]).toEqual([206, 'PNG']);
  const thumbnail = await student.get(API_ROUTES.attachmentThumbnail(body.id));
  expect(thumbnail.status).toBe(200);
  const { dataDir } = test.app.get(Settings);
  const left = await readdir(dataDir, { recursive: true, withFileTypes: true });
  expect(left.filter((file) => file.isFile())).toEqual([]);
  await test.outside.query('DELETE FROM chat_messages');
  expect(await test.app.get(AttachmentCleaning).clean()).toMatchObject({ files: 1 });
  expect((await student.get(path)).status).toBe(404);
  await test.close();
});

it('R19 people who read slowly from S3 keep nobody else waiting', async () => {
  const store = new S3Store(s3.settings);
  const path = join(folder, 'read-slowly');
  await writeFile(path, Buffer.alloc(300_000, 'x'));
  const [key, another] = [randomUUID(), randomUUID()];
  await store.put(key, path);
  const slow = await Promise.all(Array.from({ length: 60 }, async () => store.read(key)));
  await writeFile(path, 'text');
  await store.put(another, path);
  expect((await buffer(await store.read(another))).toString()).toBe('text');
  await store.remove([another]);
  await expect(store.read(another)).rejects.toThrow(MissingFileError);
  for (const content of slow) content.destroy();
});

describe('where a store cannot be used', () => {
  it('a folder that is not there yet has no file, and nothing to remove', async () => {
    const store = new FolderStore(join(folder, 'nothing', 'here'));
    const key = randomUUID();
    await store.remove([key]);
    await expect(store.read(key)).rejects.toThrow(MissingFileError);
  });

  it('an S3 server that is away, or lets nobody in, is unavailable', async () => {
    const away = new S3Store({ ...s3.settings, endpoint: 'http://127.0.0.1:9' });
    const stranger = new S3Store({ ...s3.settings, accessKeyId: 'nobody' });
    const nowhere = new S3Store({ ...s3.settings, bucket: 'elsewhere' });
    for (const store of [away, stranger, nowhere]) {
      const refusal = store.read(randomUUID());
      await expect(refusal).rejects.toThrow(ProblemError);
      await expect(refusal).rejects.toMatchObject({ code: 'unavailable' });
    }
  });
});

describe('an S3 server that keeps some files', () => {
  const kept = randomUUID();
  const calls: string[] = [];
  let isOverloaded = false;
  let store: S3Store;
  const server = createHttpServer((request, response) => {
    calls.push(`${request.method} ${request.url?.split('?')[0]}`);
    if (isOverloaded) {
      response.writeHead(503, { 'content-type': 'application/xml' });
      response.end('<Error><Code>SlowDown</Code></Error>');
      return;
    }
    if (!request.url?.includes(kept)) {
      // Some say so of a file that is not there.
      const isMissing = calls.length % 2 === 0;
      response.writeHead(isMissing ? 404 : 204, { 'content-type': 'application/xml' });
      response.end(isMissing ? '<Error><Code>NoSuchKey</Code></Error>' : '');
      return;
    }
    response.writeHead(403, { 'content-type': 'application/xml' });
    response.end('<Error><Code>AccessDenied</Code><Message>not you</Message></Error>');
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    store = new S3Store({ ...s3.settings, endpoint: `http://127.0.0.1:${port}` });
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('names exactly those, and was asked for each by itself', async () => {
    const keys = [...Array.from({ length: 24 }, () => randomUUID()), kept];
    await expect(store.remove(keys)).rejects.toMatchObject({
      name: 'NotRemovedError',
      keys: new Set([kept]),
      cause: { name: 'AccessDenied' },
    });
    expect(calls.sort()).toEqual(keys.map((key) => `DELETE /files/uploads/${key}`).sort());
  });

  it('is left alone for now when it has too much to do', async () => {
    isOverloaded = true;
    calls.length = 0;
    const keys = Array.from({ length: 100 }, () => randomUUID());
    await expect(store.remove(keys)).rejects.toMatchObject({ code: 'unavailable' });
    expect(new Set(calls).size).toBeLessThan(keys.length / 2);
  });
});

describe('an S3 server that falls silent', () => {
  const SILENCE_MAX_MS = 100;
  let answer: string;
  let settings: S3Settings;
  let store: S3Store;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.write(answer);
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    settings = { ...s3.settings, endpoint: `http://127.0.0.1:${port}` };
    store = new S3Store(settings, SILENCE_MAX_MS);
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('is unavailable, whatever it was asked for, and nothing is said past the log', async () => {
    answer = '';
    const warned = jest.spyOn(console, 'warn').mockReturnValue();
    const path = join(folder, 'never-stored');
    await writeFile(path, 'text');
    const key = randomUUID();
    const unavailable = { code: 'unavailable' };
    await expect(store.read(key)).rejects.toMatchObject(unavailable);
    await expect(store.put(key, path)).rejects.toMatchObject(unavailable);
    await expect(store.remove([key])).rejects.toMatchObject(unavailable);
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;

  // Of the larger one the server is asked first, and it is not even begun.
  onLinux.each([1_900_000, 5_000_000])(
    'R25 is left with neither file nor connection when it refuses %s bytes',
    async (size) => {
      answer = 'HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\n\r\n';
      const patient = new S3Store(settings);
      const path = join(folder, `refused-${size}`);
      await writeFile(path, Buffer.alloc(size));
      await expect(patient.put(randomUUID(), path)).rejects.toMatchObject({ code: 'unavailable' });
      // What is under way comes to its end.
      for (const socket of sockets) socket.resume();
      await eventually(async () => {
        expect(await openFiles()).not.toContain(path);
        expect([...sockets].filter(({ closed }) => !closed)).toHaveLength(0);
      }, 20_000);
    },
  );

  it('ends the file that it does not send to its end', async () => {
    answer = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf';
    const content = await store.read(randomUUID());
    await expect(buffer(content)).rejects.toThrow();
  });
});

describe('temporary files', () => {
  it('are gone after the work, however it ended', async () => {
    const temporary = new TemporaryFiles(join(folder, 'unfinished'));
    const seen: string[] = [];
    const work = async (own: string): Promise<string> => {
      seen.push(own);
      await writeFile(join(own, 'file'), 'half');
      return readFile(join(own, 'file'), 'utf8');
    };
    expect(await temporary.use(work)).toBe('half');
    const failing = temporary.use(async (own) => {
      await work(own);
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(new Set(seen).size).toBe(2);
    for (const own of seen) await expect(readFile(join(own, 'file'))).rejects.toThrow('ENOENT');
  });

  it('R39 what a crash has left is taken away once it is old', async () => {
    const temporary = new TemporaryFiles(join(folder, 'left'));
    const now = new Date();
    const future = new Date(now.getTime() + 60_000);
    await temporary.use(async (own) => {
      await writeFile(join(own, 'file'), 'half');
      expect(await temporary.removeOlderThan(new Date(now.getTime() - 60_000))).toBe(0);
      expect(await temporary.removeOlderThan(future)).toBe(1);
      await expect(readFile(join(own, 'file'))).rejects.toThrow('ENOENT');
    });
    expect(await temporary.removeOlderThan(future)).toBe(0);
  });
});

/** What this process has open, by path. */
async function openFiles(): Promise<(string | undefined)[]> {
  const open = await readdir('/proc/self/fd');
  // The one that reads the list is among them, and gone by now.
  return Promise.all(
    open.map(async (file) => readlink(`/proc/self/fd/${file}`).catch(ignoreCode('ENOENT'))),
  );
}
