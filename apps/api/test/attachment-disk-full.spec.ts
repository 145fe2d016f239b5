import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { API_ROUTES, type Problem } from '@support-chat/contracts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../src/platform/config/settings';
import { FolderStore } from '../src/platform/storage/folder-store';
import { insufficientStorage } from '../src/platform/storage/storage-problems';
import { run } from './drills/support/run-sql';
import type { Writer } from './drills/support/sending-load';
import { Stage } from './drills/support/stage';
import { limitFileSize } from './support/file-size-limit';
import { filesBelow } from './support/files-below';
import { noisyPicture, picture } from './support/images';
import { mountSmallDisk } from './support/small-disk';
import { createTestApp, problemOf, type Answer } from './support/test-app';
import { Uploader } from './support/uploader';

const disk = await mountSmallDisk(6_000);
afterAll(async () => disk?.dispose());

const NO_ROOM = [507, 'insufficient_storage'];
const TAKEN = [201, undefined];
const outcome = (answer: Answer): unknown[] => [answer.status, problemOf(answer).code];

async function uploadBy({ by, conversationId }: Writer, content: Buffer): Promise<unknown[]> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(content)]), 'a.txt');
  const response = await fetch(by.target.origin + API_ROUTES.uploads(conversationId), {
    method: 'POST',
    headers: { Authorization: `Bearer ${by.token}` },
    body: form,
  });
  return [response.status, ((await response.json()) as Partial<Problem>).code];
}

describe('R31 a disk that is full', () => {
  const stage = new Stage();
  let dataDir: string;
  let uploader: Uploader | undefined;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'support-chat-full-'));
  });
  afterAll(async () => rm(dataDir, { recursive: true }));
  afterEach(async () => {
    jest.restoreAllMocks();
    await uploader?.test.close();
    uploader = undefined;
  });

  async function start(overrides: Partial<Settings> = {}): Promise<Uploader> {
    uploader = new Uploader(await createTestApp(overrides));
    await uploader.signIn();
    return uploader;
  }

  it('is 507 for the second of two files too, and leaves neither row nor file', async () => {
    const own = await start();
    const { put } = FolderStore.prototype;
    let puts = 0;
    jest.spyOn(FolderStore.prototype, 'put').mockImplementation(async function (
      this: FolderStore,
      ...file
    ) {
      puts += 1;
      if (puts === 2) throw insufficientStorage(new Error('ENOSPC'));
      return put.apply(this, file);
    });
    // The thumbnail still fits, the image does not.
    const refused = await own.upload(await picture(20, 20).png().toBuffer());
    expect(outcome(refused)).toEqual(NO_ROOM);
    expect([await own.files(), await own.rows()]).toEqual([[], 0]);
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;

  onLinux('a process that may write no larger files: the same, and well when it may', async () => {
    const databaseUrl = await stage.database();
    const api = await stage.api(databaseUrl, { DATA_DIR: dataDir });
    const [student] = await api.students(1);
    if (!student) throw new Error('Nobody to upload.');
    const document = Buffer.alloc(1_500_000, 'x');
    // Smaller than what is drawn from it.
    const photo = await noisyPicture(900, 900).jpeg({ quality: 40 }).toBuffer();
    await limitFileSize(api.current.pid, photo.length + 1_000);
    for (const content of [document, photo]) {
      expect(await uploadBy(student, content)).toEqual(NO_ROOM);
      expect(await filesBelow(join(dataDir, 'uploads'))).toEqual([]);
      expect(await run(databaseUrl, 'SELECT id FROM chat_attachments')).toEqual([]);
    }
    expect(await uploadBy(student, Buffer.from('a little'))).toEqual(TAKEN);
    await limitFileSize(api.current.pid, 'unlimited');
    expect(await uploadBy(student, document)).toEqual(TAKEN);
    expect(await uploadBy(student, photo)).toEqual(TAKEN);
  });

  (disk ? it : it.skip)(
    'on a disk of 6 MB, where the account may mount one: the same',
    async () => {
      const own = await start({ dataDir: disk?.path });
      expect((await own.upload(Buffer.alloc(4_000_000, 'x'))).status).toBe(201);
      const [kept] = await own.files();
      expect(outcome(await own.upload(Buffer.alloc(4_000_000, 'x')))).toEqual(NO_ROOM);
      const image = await noisyPicture(700, 700).png().toBuffer();
      // There is room for the image as it came, and none for the one that is drawn from it.
      expect(image.length).toBeGreaterThan(1_100_000);
      expect(outcome(await own.upload(image))).toEqual(NO_ROOM);
      expect([await own.files(), await own.rows()]).toEqual([[kept], 1]);
      await rm(kept ?? '');
      expect((await own.upload(image)).status).toBe(201);
    },
  );
});
