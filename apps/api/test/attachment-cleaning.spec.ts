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
  type Conversation,
  type Message,
  type StagedAttachment,
} from '@support-chat/contracts';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, rmdir, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AttachmentCleaning } from '../src/chat';
import { Settings } from '../src/platform/config/settings';
import { UploadLedger } from '../src/chat/attachments/uploads/upload-ledger';
import { ProblemError } from '../src/platform/http/problem.error';
import { FolderStore } from '../src/platform/storage/folder-store';
import { insufficientStorage } from '../src/platform/storage/storage-problems';
import { noisyPicture, picture } from './support/images';
import { mountSmallDisk, type SmallDisk } from './support/small-disk';
import {
  createTestApp,
  problemOf,
  type Answer,
  type Person,
  type TestApp,
} from './support/test-app';
import { upload } from './support/uploads';

/** A student who uploads, and a look at what that leaves on the disk. */
class Desk {
  person!: Person;
  conversation!: Conversation;

  constructor(readonly test: TestApp) {}

  async sit(): Promise<void> {
    this.person = await this.test.person();
    this.conversation = (await this.person.get<Conversation>(API_ROUTES.myConversation)).body;
  }

  async upload(content: Buffer | string = 'text'): Promise<Answer<StagedAttachment>> {
    return upload(this.test, this.person, this.conversation.id, { content });
  }

  async send(attachment_id: number): Promise<Message> {
    const path = API_ROUTES.messages(this.conversation.id);
    return (await this.person.post<Message>(path, { attachment_id })).body;
  }

  /** Paths of all files of uploads, finished or not. */
  async files(): Promise<string[]> {
    const root = join(this.test.app.get(Settings).dataDir, 'uploads');
    const found = await readdir(root, { recursive: true, withFileTypes: true });
    return found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  }

  async rows(): Promise<number> {
    const { rows } = await this.test.outside.query('SELECT FROM chat_attachments');
    return rows.length;
  }
}

describe('what is no longer needed', () => {
  let desk: Desk;
  let cleaning: AttachmentCleaning;

  beforeAll(async () => {
    desk = new Desk(await createTestApp());
    cleaning = desk.test.app.get(AttachmentCleaning);
  });
  afterAll(async () => desk.test.close());
  beforeEach(async () => {
    await desk.sit();
    await desk.test.outside.query('DELETE FROM chat_attachments');
    await cleaning.clean();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const image = async (): Promise<Buffer> => picture(20, 20).png().toBuffer();
  const age = async (table: string, hours: number): Promise<void> => {
    await desk.test.outside.query(
      `UPDATE ${table} SET created_at = created_at - make_interval(mins => $1)`,
      [hours * 60],
    );
  };

  it('an upload that nobody sends goes away after 24 hours, row and files', async () => {
    await desk.upload(await image());
    await age('chat_attachments', 23.9);
    expect(await cleaning.clean()).toEqual({ unsent: 0, files: 0 });
    expect((await desk.files()).length).toBe(2);
    await age('chat_attachments', 0.2);
    expect(await cleaning.clean()).toEqual({ unsent: 1, files: 1 });
    expect([await desk.files(), await desk.rows()]).toEqual([[], 0]);
  });

  it('what was sent stays, however old', async () => {
    const { body } = await desk.upload(await image());
    await desk.send(body.id);
    await age('chat_attachments', 10_000);
    for (const file of await desk.files()) await utimes(file, 0, 0);
    expect(await cleaning.clean()).toEqual({ unsent: 0, files: 0 });
    expect((await desk.person.get(API_ROUTES.attachmentThumbnail(body.id))).status).toBe(200);
  });

  it.each([
    ['a message is marked deleted', 'UPDATE chat_messages SET deleted_at = now() WHERE id = $1'],
    ['a message is deleted', 'DELETE FROM chat_messages WHERE id = $1'],
    [
      'a conversation is deleted',
      `DELETE FROM chat_conversations
        WHERE id = (SELECT conversation_id FROM chat_messages WHERE id = $1)`,
    ],
    [
      'an account is deleted',
      'DELETE FROM auth_user WHERE id = (SELECT sender_id FROM chat_messages WHERE id = $1)',
    ],
  ])('its files go when %s', async (_, statement) => {
    const { body } = await desk.upload(await image());
    const message = await desk.send(body.id);
    const { body: staying } = await desk.upload();
    await desk.test.outside.query(statement, [message.id]);
    await cleaning.clean();
    const isAllGone = /conversation|auth_user/.test(statement);
    expect((await desk.files()).length).toBe(isAllGone ? 0 : 1);
    expect(staying.size).toBe(4);
  });

  it('an upload taken back goes with the next cleaning', async () => {
    const { body } = await desk.upload(await image());
    await desk.test.request({
      method: 'DELETE',
      path: API_ROUTES.attachment(body.id),
      headers: { authorization: `Bearer ${desk.person.token}` },
    });
    expect(await cleaning.clean()).toMatchObject({ files: 1 });
    expect(await desk.files()).toEqual([]);
  });

  it('R39 a file that a crash has left without a row goes after an hour, and no other', async () => {
    const { body } = await desk.upload(await image());
    await desk.send(body.id);
    const files = await desk.files();
    const cut = new ProblemError('outcome_unknown', 'Nobody knows.');
    jest.spyOn(UploadLedger.prototype, 'note').mockRejectedValueOnce(cut);
    expect((await desk.upload(await image())).status).toBe(503);
    const foreign = join(files[0] ?? '', '..', randomUUID());
    await writeFile(foreign, 'of another installation that shares the store');
    expect(await cleaning.clean()).toMatchObject({ files: 0 });
    expect((await desk.files()).length).toBe(files.length + 3);
    await desk.test.outside.query(
      `UPDATE chat_file_removals SET due_at = due_at - interval '1 hour'`,
    );
    expect(await cleaning.clean()).toMatchObject({ files: 1 });
    expect((await desk.files()).sort()).toEqual([...files, foreign].sort());
    await rm(foreign);
  });

  it('a file that took longer to store than it was announced for gets no row', async () => {
    const { put } = FolderStore.prototype;
    jest.spyOn(FolderStore.prototype, 'put').mockImplementationOnce(async function (
      this: FolderStore,
      ...file
    ) {
      await put.apply(this, file);
      await desk.test.outside.query('UPDATE chat_file_removals SET due_at = now()');
      await cleaning.clean();
    });
    const late = await desk.upload();
    expect([late.status, problemOf(late).code]).toEqual([503, 'unavailable']);
    expect([await desk.files(), await desk.rows()]).toEqual([[], 0]);
    const { rows } = await desk.test.outside.query(
      'SELECT FROM chat_upload_usage WHERE user_id = $1',
      [desk.person.id],
    );
    expect(rows).toEqual([]);
  });

  it('a file that cannot be removed either does not hide why it was not kept', async () => {
    jest
      .spyOn(FolderStore.prototype, 'put')
      .mockRejectedValueOnce(insufficientStorage(new Error('ENOSPC')));
    jest.spyOn(FolderStore.prototype, 'remove').mockRejectedValueOnce(new Error('away'));
    expect((await desk.upload()).status).toBe(507);
  });

  it('a cleaning that fails is done again', async () => {
    const { body } = await desk.upload(await image());
    const message = await desk.send(body.id);
    await desk.test.outside.query('DELETE FROM chat_messages WHERE id = $1', [message.id]);
    jest.spyOn(FolderStore.prototype, 'remove').mockRejectedValueOnce(new Error('away'));
    await expect(cleaning.clean()).rejects.toThrow('away');
    expect(await cleaning.clean()).toMatchObject({ files: 1 });
    expect(await desk.files()).toEqual([]);
  });

  it('a file that cannot be removed does not keep the others, and is tried again later', async () => {
    await desk.upload('stuck');
    const [stuck = ''] = await desk.files();
    await rm(stuck);
    await mkdir(stuck);
    await desk.upload(await image());
    await age('chat_attachments', 25);
    await expect(cleaning.clean()).rejects.toThrow('1 files could not be removed');
    expect([await desk.files(), await desk.rows()]).toEqual([[], 0]);
    expect(await cleaning.clean()).toEqual({ unsent: 0, files: 0 });
    await rmdir(stuck);
    await desk.test.outside.query(
      'UPDATE chat_file_removals SET due_at = now() WHERE storage_key = $1',
      [basename(stuck)],
    );
    expect(await cleaning.clean()).toEqual({ unsent: 0, files: 1 });
  });

  it('several may clean at once', async () => {
    for (let n = 0; n < 5; n += 1) await desk.upload(await image());
    await age('chat_attachments', 25);
    const all = await Promise.all([1, 2, 3].map(async () => cleaning.clean()));
    expect(all.reduce((sum, { unsent }) => sum + unsent, 0)).toBe(5);
    expect(await desk.files()).toEqual([]);
  });
});

describe('R31 a disk that is full', () => {
  it('is 507, and leaves neither row nor file', async () => {
    const desk = new Desk(await createTestApp());
    await desk.sit();
    const { put } = FolderStore.prototype;
    let puts = 0;
    const spy = jest.spyOn(FolderStore.prototype, 'put');
    spy.mockImplementation(async function (this: FolderStore, ...file) {
      puts += 1;
      if (puts === 2) throw insufficientStorage(new Error('ENOSPC'));
      return put.apply(this, file);
    });
    // The thumbnail still fits, the image does not.
    const refused = await desk.upload(await picture(20, 20).png().toBuffer());
    expect([refused.status, problemOf(refused).code]).toEqual([507, 'insufficient_storage']);
    expect([await desk.files(), await desk.rows()]).toEqual([[], 0]);
    spy.mockRestore();
    await desk.test.close();
  });

  let disk: SmallDisk | null;
  beforeAll(async () => {
    disk = await mountSmallDisk(6_000);
  });
  afterAll(async () => disk?.dispose());

  it('in earnest: nothing is left over, and all is well when there is room again', async () => {
    if (disk === null) {
      process.stdout.write('R31 in earnest: not here, this account may not mount a disk.\n');
      return;
    }
    const desk = new Desk(await createTestApp({ dataDir: disk.path }));
    await desk.sit();
    expect((await desk.upload(Buffer.alloc(4_000_000, 'x'))).status).toBe(201);
    const [kept] = await desk.files();

    const tooMuch = await desk.upload(Buffer.alloc(4_000_000, 'x'));
    expect([tooMuch.status, problemOf(tooMuch).code]).toEqual([507, 'insufficient_storage']);
    const image = await noisyPicture(700, 700).png().toBuffer();
    // There is room for the image as it came, and none for the one that is drawn from it.
    expect(image.length).toBeGreaterThan(1_100_000);
    const tooMuchDrawn = await desk.upload(image);
    expect([tooMuchDrawn.status, problemOf(tooMuchDrawn).code]).toEqual([
      507,
      'insufficient_storage',
    ]);
    expect([await desk.files(), await desk.rows()]).toEqual([[kept], 1]);

    await rm(kept ?? '');
    expect((await desk.upload(image)).status).toBe(201);
    await desk.test.close();
  });
});
