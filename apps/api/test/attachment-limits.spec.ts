import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import {
  API_ROUTES,
  LIMITS,
  type AttachmentLink,
  type AttachmentPolicy,
  type Conversation,
  type StagedAttachment,
} from '@support-chat/contracts';
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { FolderStore } from '../src/platform/storage/folder-store';
import { eventually } from './support/eventually';
import {
  createTestApp,
  problemOf,
  type Answer,
  type Person,
  type TestApp,
} from './support/test-app';
import { upload } from './support/uploads';

describe('A085 how much one person may upload', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(async () => test.close());

  async function uploader(): Promise<
    [Person, (bytes?: number) => Promise<Answer<StagedAttachment>>]
  > {
    const person = await test.person();
    const { body } = await person.get<Conversation>(API_ROUTES.myConversation);
    return [
      person,
      async (bytes = 1) => upload(test, person, body.id, { content: Buffer.alloc(bytes, 'x') }),
    ];
  }
  async function used(by: Person, files: number, bytes: number, hoursAgo = 0): Promise<void> {
    await test.outside.query(
      `INSERT INTO chat_upload_usage (user_id, since, files, bytes)
        VALUES ($1, now() - make_interval(mins => $2), $3, $4)`,
      [by.id, hoursAgo * 60, files, bytes],
    );
  }

  it('is a number of files, exact however many come at once', async () => {
    const [person, send] = await uploader();
    await used(person, LIMITS.attachmentsPerDay - 3, 0);
    const answers = await Promise.all(Array.from({ length: 12 }, async () => send()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect([answer.status, problemOf(answer).code]).toEqual([429, 'quota_exceeded']);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(86_000);
    }
    const { rows } = await test.outside.query(
      'SELECT FROM chat_attachments WHERE uploader_id = $1',
      [person.id],
    );
    expect(rows).toHaveLength(3);
  });

  it('is a number of bytes, exact however many come at once', async () => {
    const [person, send] = await uploader();
    await used(person, 1, LIMITS.attachmentBytesPerDay - 2_500);
    const answers = await Promise.all(Array.from({ length: 8 }, async () => send(1_000)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect((await send(501)).status).toBe(429);
    expect((await send(500)).status).toBe(201);
    expect((await send(1)).status).toBe(429);
  });

  it('begins anew a day after the first file', async () => {
    const [early, sendEarly] = await uploader();
    await used(early, LIMITS.attachmentsPerDay, 1, 23.9);
    const refused = await sendEarly();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(360);
    const [late, sendLate] = await uploader();
    await used(late, LIMITS.attachmentsPerDay, 1, 24.1);
    expect((await sendLate()).status).toBe(201);
    const { rows } = await test.outside.query<{ files: number }>(
      'SELECT files FROM chat_upload_usage WHERE user_id = $1',
      [late.id],
    );
    expect(rows).toEqual([{ files: 1 }]);
  });

  it('counts files, not what becomes of them', async () => {
    const [person, send] = await uploader();
    await used(person, LIMITS.attachmentsPerDay - 1, 0);
    const { body } = await send();
    const headers = { authorization: `Bearer ${person.token}` };
    await test.request({ method: 'DELETE', path: API_ROUTES.attachment(body.id), headers });
    expect((await send()).status).toBe(429);
  });

  it('is everybody for himself', async () => {
    const [full, sendFull] = await uploader();
    await used(full, LIMITS.attachmentsPerDay, 0);
    const [, send] = await uploader();
    expect([(await sendFull()).status, (await send()).status]).toEqual([429, 201]);
  });

  describe('A101 with limits against abuse', () => {
    let limited: TestApp;
    let person: Person;
    let conversation: Conversation;

    beforeAll(async () => {
      limited = await createTestApp({ rateLimits: true });
    });
    afterAll(async () => limited.close());
    beforeEach(async () => {
      person = await limited.person();
      conversation = (await person.get<Conversation>(API_ROUTES.myConversation)).body;
    });
    const send = async (content: string): Promise<Answer<StagedAttachment>> =>
      upload(limited, person, conversation.id, { content });

    it('is 30 tries in a minute, whatever becomes of them', async () => {
      for (let n = 0; n < 30; n += 1) expect((await send('')).status).toBe(400);
      const refused = await send('');
      expect([refused.status, problemOf(refused).code]).toEqual([429, 'rate_limited']);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    });

    it('is 4 uploads under way, and as many again when they are done', async () => {
      const { promise: gate, resolve: open } = Promise.withResolvers<undefined>();
      const { put } = FolderStore.prototype;
      const stored = jest.spyOn(FolderStore.prototype, 'put');
      stored.mockImplementation(async function (this: FolderStore, ...file) {
        await gate;
        return put.apply(this, file);
      });
      const running = Array.from({ length: 4 }, async () => send('text'));
      await eventually(() => {
        expect(stored).toHaveBeenCalledTimes(4);
      });
      const refused = await send('text');
      expect([refused.status, problemOf(refused).code]).toEqual([429, 'rate_limited']);
      expect(refused.headers['retry-after']).toBe('2');
      open(undefined);
      expect((await Promise.all(running)).map(({ status }) => status)).toEqual([
        201, 201, 201, 201,
      ]);
      expect((await send('text')).status).toBe(201);
      stored.mockRestore();
    });

    it('is 20 downloads at once, by link too, and as many again when they are done', async () => {
      const { body } = await send('text');
      const link = await person.post<AttachmentLink>(API_ROUTES.attachmentLink(body.id));
      const { promise: gate, resolve: open } = Promise.withResolvers<string>();
      const read = jest.spyOn(FolderStore.prototype, 'read');
      const waiting = async function* (): AsyncIterable<string> {
        yield await gate;
      };
      read.mockImplementation(() => Promise.resolve(Readable.from(waiting())));
      const get = async (): Promise<Answer> => person.get(API_ROUTES.attachmentContent(body.id));
      const running = Array.from({ length: 20 }, get);
      await eventually(() => {
        expect(read).toHaveBeenCalledTimes(20);
      });
      const linked = limited.request({ method: 'GET', path: link.body.url });
      for (const refused of await Promise.all([get(), linked])) {
        expect([refused.status, problemOf(refused).code]).toEqual([429, 'rate_limited']);
        expect(refused.headers['retry-after']).toBe('2');
      }
      open('text');
      for (const answer of await Promise.all(running)) expect(answer.text).toBe('text');
      await eventually(async () => {
        const again = await Promise.all(Array.from({ length: 20 }, get));
        expect(new Set(again.map(({ status }) => status))).toEqual(new Set([200]));
      });
      read.mockRestore();
    });

    describe('over the wire', () => {
      let port: number;
      let sockets: Socket[];

      beforeAll(async () => {
        const fastify = limited.app.getHttpAdapter().getInstance();
        await fastify.listen({ port: 0, host: '127.0.0.1' });
        ({ port } = fastify.server.address() as AddressInfo);
        const admin = await limited.person('admin');
        const { body } = await admin.get<AttachmentPolicy>(API_ROUTES.attachmentPolicy);
        const policy = { ...body, max_bytes: 100_000 };
        const changed = await admin.put(API_ROUTES.changeAttachmentPolicy, policy);
        expect(changed.status).toBe(200);
      });
      beforeEach(() => {
        sockets = [];
      });
      afterEach(() => {
        for (const socket of sockets) socket.destroy();
      });

      /** Sends these headers, and more as long as the connection lasts; gives what comes first. */
      async function exchange(head: string, more?: () => string): Promise<string> {
        const socket = connect(port, '127.0.0.1');
        sockets.push(socket);
        socket.on('error', () => undefined);
        socket.write(`${head}Host: x\r\nAuthorization: Bearer ${person.token}\r\n\r\n`);
        const timer = setInterval(() => socket.write(more?.() ?? ''), 5);
        socket.once('close', () => {
          clearInterval(timer);
        });
        const [answer] = (await once(socket, 'data')) as [Buffer];
        return answer.toString();
      }

      it.each([
        ['a file', 'Content-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'],
        ['a header', 'Content-Disposition: '],
        ['what stands before a file', null],
      ])('R21 %s without an end is refused at the limit, and holds no place', async (_, start) => {
        const chunk = (content: string): string =>
          `${content.length.toString(16)}\r\n${content}\r\n`;
        const answers = Array.from({ length: 4 }, async () => {
          let next = start === null ? '' : `--b\r\n${start}`;
          return exchange(
            `POST ${API_ROUTES.uploads(conversation.id)} HTTP/1.1\r\n` +
              'Transfer-Encoding: chunked\r\nContent-Type: multipart/form-data; boundary=b\r\n',
            () => {
              const sent = chunk(`${next}${'x'.repeat(10_000)}`);
              next = '';
              return sent;
            },
          );
        });
        for (const answer of await Promise.all(answers)) {
          expect(answer).toMatch(/^HTTP\/1\.1 413 .*"payload_too_large"/s);
        }
        expect((await send('text')).status).toBe(201);
      });

      it('a download is over when its reader is gone', async () => {
        const { body } = await send('text');
        const read = jest.spyOn(FolderStore.prototype, 'read');
        read.mockImplementation(() =>
          Promise.resolve(
            new Readable({
              read() {
                this.push(Buffer.alloc(65_536));
              },
            }),
          ),
        );
        const path = API_ROUTES.attachmentContent(body.id);
        const head = `GET ${path} HTTP/1.1\r\n`;
        const answers = await Promise.all(Array.from({ length: 20 }, async () => exchange(head)));
        for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 200 /);
        for (const socket of sockets) socket.pause();
        expect((await person.get(path)).status).toBe(429);
        for (const socket of sockets) socket.destroy();
        read.mockRestore();
        await eventually(async () => {
          expect((await person.get(path)).status).toBe(200);
        });
      });
    });
  });
});
