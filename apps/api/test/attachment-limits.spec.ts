import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  API_ROUTES,
  LIMITS,
  type Conversation,
  type StagedAttachment,
} from '@support-chat/contracts';
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
  });
});
