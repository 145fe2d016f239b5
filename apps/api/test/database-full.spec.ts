import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_ROUTES, type Message, type Page } from '@support-chat/contracts';
import { randomBytes, randomUUID } from 'node:crypto';
import { mountSmallDisk } from './support/small-disk';
import { SmallTablespace } from './support/small-tablespace';
import { createTestApp, problemOf, type Answer } from './support/test-app';
import { Uploader } from './support/uploader';

const disk = await mountSmallDisk(3_000);
afterAll(async () => disk?.dispose());

const LINES_MAX = 100;

describe('R31 a database without room', () => {
  let student: Uploader;
  let messages: string;

  beforeAll(async () => {
    student = new Uploader(await createTestApp());
    await student.signIn();
    messages = API_ROUTES.messages(student.conversation.id);
  });
  afterAll(async () => student.test.close());

  const send = async (body: object): Promise<Answer<Message>> =>
    student.person.post<Message>(messages, body);
  const count = async (): Promise<number> => {
    const page = await student.person.get<Page<Message>>(messages);
    expect(page.status).toBe(200);
    return page.body.count;
  };
  const expectUnavailable = (answer: Answer): void => {
    expect([answer.status, problemOf(answer).code]).toEqual([503, 'unavailable']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  };

  it('is 503 to whoever writes, keeps half of nothing, and is over when there is room', async () => {
    await student.upload();
    const [before, files] = [await count(), await student.files()];
    const tables = ['chat_attachments', 'chat_messages'];
    await student.test.outside.query(`
      CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
      ${tables.map((table) => `CREATE TRIGGER no_room BEFORE INSERT ON ${table} EXECUTE FUNCTION no_room();`).join('\n')}`);
    const message = { content: 'hello', client_message_id: randomUUID() };
    expectUnavailable(await send(message));
    expectUnavailable(await student.upload());
    expect([await count(), await student.rows(), await student.files()]).toEqual([
      before,
      1,
      files,
    ]);
    await student.test.outside.query('DROP FUNCTION no_room CASCADE');
    expect((await send(message)).status).toBe(201);
    expect((await student.upload()).status).toBe(201);
  });

  (disk ? it : it.skip)(
    'on a disk of 3 MB, where the account may mount one: the same',
    async () => {
      if (!disk) throw new Error('Skipped without one.');
      const { databaseUrl } = student.test;
      const space = await SmallTablespace.create(databaseUrl, 'chat_messages', disk);
      try {
        await space.fill();
        const before = await count();
        const stored = await sendUntilRefused();
        expectUnavailable(stored.refused);
        expect(await count()).toBe(before + stored.count);
        await space.empty();
        expect((await send(stored.message)).status).toBe(201);
        expect(await count()).toBe(before + stored.count + 1);
      } finally {
        await space.dispose();
      }
    },
  );

  /** The last pages that the messages have may still take some. */
  async function sendUntilRefused(): Promise<{ refused: Answer; message: object; count: number }> {
    for (let count = 0; count < LINES_MAX; count += 1) {
      const content = randomBytes(1_900).toString('hex');
      const message = { content, client_message_id: randomUUID() };
      const answer = await send(message);
      if (answer.status !== 201) return { refused: answer, message, count };
    }
    throw new Error(`${LINES_MAX} long messages were taken by a disk that is full.`);
  }
});
