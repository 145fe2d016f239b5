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
import { API_ROUTES } from '@support-chat/contracts';
import { randomUUID } from 'node:crypto';
import { mkdir, rm, rmdir, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AttachmentCleaning } from '../src/chat';
import { UploadLedger } from '../src/chat/attachments/uploads/upload-ledger';
import { ProblemError } from '../src/platform/http/problem.error';
import { FolderStore } from '../src/platform/storage/folder-store';
import { insufficientStorage } from '../src/platform/storage/storage-problems';
import { picture } from './support/images';
import { createTestApp, problemOf } from './support/test-app';
import { Uploader } from './support/uploader';

describe('what is no longer needed', () => {
  let uploader: Uploader;
  let cleaning: AttachmentCleaning;

  beforeAll(async () => {
    uploader = new Uploader(await createTestApp());
    cleaning = uploader.test.app.get(AttachmentCleaning);
  });
  afterAll(async () => uploader.test.close());
  beforeEach(async () => {
    await uploader.signIn();
    await uploader.test.outside.query('DELETE FROM chat_attachments');
    await cleaning.clean();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const image = async (): Promise<Buffer> => picture(20, 20).png().toBuffer();
  const age = async (table: string, hours: number): Promise<void> => {
    await uploader.test.outside.query(
      `UPDATE ${table} SET created_at = created_at - make_interval(mins => $1)`,
      [hours * 60],
    );
  };

  it('an upload that nobody sends goes away after 24 hours, row and files', async () => {
    await uploader.upload(await image());
    await age('chat_attachments', 23.9);
    expect(await cleaning.clean()).toEqual({ unsent: 0, files: 0 });
    expect((await uploader.files()).length).toBe(2);
    await age('chat_attachments', 0.2);
    expect(await cleaning.clean()).toEqual({ unsent: 1, files: 1 });
    expect([await uploader.files(), await uploader.rows()]).toEqual([[], 0]);
  });

  it('what was sent stays, however old', async () => {
    const { body } = await uploader.upload(await image());
    await uploader.send(body.id);
    await age('chat_attachments', 10_000);
    for (const file of await uploader.files()) await utimes(file, 0, 0);
    expect(await cleaning.clean()).toEqual({ unsent: 0, files: 0 });
    expect((await uploader.person.get(API_ROUTES.attachmentThumbnail(body.id))).status).toBe(200);
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
    const { body } = await uploader.upload(await image());
    const message = await uploader.send(body.id);
    const { body: staying } = await uploader.upload();
    await uploader.test.outside.query(statement, [message.id]);
    await cleaning.clean();
    const isAllGone = /conversation|auth_user/.test(statement);
    expect((await uploader.files()).length).toBe(isAllGone ? 0 : 1);
    expect(staying.size).toBe(4);
  });

  it('an upload taken back goes with the next cleaning', async () => {
    const { body } = await uploader.upload(await image());
    await uploader.test.request({
      method: 'DELETE',
      path: API_ROUTES.attachment(body.id),
      headers: { authorization: `Bearer ${uploader.person.token}` },
    });
    expect(await cleaning.clean()).toMatchObject({ files: 1 });
    expect(await uploader.files()).toEqual([]);
  });

  it('R39 a file that a crash has left without a row goes after an hour, and no other', async () => {
    const { body } = await uploader.upload(await image());
    await uploader.send(body.id);
    const files = await uploader.files();
    const cut = new ProblemError('outcome_unknown', 'Nobody knows.');
    jest.spyOn(UploadLedger.prototype, 'note').mockRejectedValueOnce(cut);
    expect((await uploader.upload(await image())).status).toBe(503);
    const foreign = join(files[0] ?? '', '..', randomUUID());
    await writeFile(foreign, 'of another installation that shares the store');
    expect(await cleaning.clean()).toMatchObject({ files: 0 });
    expect((await uploader.files()).length).toBe(files.length + 3);
    await uploader.test.outside.query(
      `UPDATE chat_file_removals SET due_at = due_at - interval '1 hour'`,
    );
    expect(await cleaning.clean()).toMatchObject({ files: 1 });
    expect((await uploader.files()).sort()).toEqual([...files, foreign].sort());
    await rm(foreign);
  });

  it('a file that took longer to store than it was announced for gets no row', async () => {
    const { put } = FolderStore.prototype;
    jest.spyOn(FolderStore.prototype, 'put').mockImplementationOnce(async function (
      this: FolderStore,
      ...file
    ) {
      await put.apply(this, file);
      await uploader.test.outside.query('UPDATE chat_file_removals SET due_at = now()');
      await cleaning.clean();
    });
    const late = await uploader.upload();
    expect([late.status, problemOf(late).code]).toEqual([503, 'unavailable']);
    expect([await uploader.files(), await uploader.rows()]).toEqual([[], 0]);
    const { rows } = await uploader.test.outside.query(
      'SELECT FROM chat_upload_usage WHERE user_id = $1',
      [uploader.person.id],
    );
    expect(rows).toEqual([]);
  });

  it('a file that cannot be removed either does not hide why it was not kept', async () => {
    jest
      .spyOn(FolderStore.prototype, 'put')
      .mockRejectedValueOnce(insufficientStorage(new Error('ENOSPC')));
    jest.spyOn(FolderStore.prototype, 'remove').mockRejectedValueOnce(new Error('away'));
    expect((await uploader.upload()).status).toBe(507);
  });

  it('a cleaning that fails is done again', async () => {
    const { body } = await uploader.upload(await image());
    const message = await uploader.send(body.id);
    await uploader.test.outside.query('DELETE FROM chat_messages WHERE id = $1', [message.id]);
    jest.spyOn(FolderStore.prototype, 'remove').mockRejectedValueOnce(new Error('away'));
    await expect(cleaning.clean()).rejects.toThrow('away');
    expect(await cleaning.clean()).toMatchObject({ files: 1 });
    expect(await uploader.files()).toEqual([]);
  });

  it('a file that cannot be removed does not keep the others, and is tried again later', async () => {
    await uploader.upload('stuck');
    const [stuck = ''] = await uploader.files();
    await rm(stuck);
    await mkdir(stuck);
    await uploader.upload(await image());
    await age('chat_attachments', 25);
    await expect(cleaning.clean()).rejects.toThrow('1 files could not be removed');
    expect([await uploader.files(), await uploader.rows()]).toEqual([[], 0]);
    expect(await cleaning.clean()).toEqual({ unsent: 0, files: 0 });
    await rmdir(stuck);
    await uploader.test.outside.query(
      'UPDATE chat_file_removals SET due_at = now() WHERE storage_key = $1',
      [basename(stuck)],
    );
    expect(await cleaning.clean()).toEqual({ unsent: 0, files: 1 });
  });

  it('several may clean at once', async () => {
    for (let n = 0; n < 5; n += 1) await uploader.upload(await image());
    await age('chat_attachments', 25);
    const all = await Promise.all([1, 2, 3].map(async () => cleaning.clean()));
    expect(all.reduce((sum, { unsent }) => sum + unsent, 0)).toBe(5);
    expect(await uploader.files()).toEqual([]);
  });
});
