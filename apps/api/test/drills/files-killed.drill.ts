import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_ROUTES } from '@support-chat/contracts';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AttachmentCleaning } from '../../src/chat';
import { connectDatabase } from '../../src/platform/database/connect';
import { Database } from '../../src/platform/database/database';
import { FolderStore } from '../../src/platform/storage/folder-store';
import { TemporaryFiles } from '../../src/platform/storage/temporary-files';
import { filesBelow } from '../support/files-below';
import { AimedKills } from './support/aimed-kills';
import type { Chatter } from './support/chatter';
import { showFigures } from './support/figures';
import { run } from './support/run-sql';
import { scaled } from './support/scale';
import { SendingFiles } from './support/sending-files';
import { Stage } from './support/stage';

const KILLS = scaled(20, 6);
const AIMS = ['anywhere', 'drawing', 'beforeRow'] as const;
const DAY_MS = 86_400_000;

interface SentFile {
  id: number;
  name: string;
  size: number;
}

describe('kill -9 of the API while files come in', () => {
  const stage = new Stage();
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'support-chat-files-'));
  });
  afterAll(async () => rm(dataDir, { recursive: true, force: true }));

  const filesIn = async (folder: string): Promise<string[]> =>
    filesBelow(join(dataDir, 'uploads', folder));

  /** How many messages point at nothing, or at something else than was sent. */
  async function countDamaged(
    databaseUrl: string,
    reader: Chatter,
    hashes: ReadonlyMap<string, string>,
  ): Promise<number> {
    const sent = await run<SentFile>(
      databaseUrl,
      `SELECT (attachment ->> 'id')::int AS id, attachment ->> 'name' AS name,
        (attachment ->> 'size')::int AS size FROM chat_messages WHERE attachment IS NOT NULL`,
    );
    expect(sent.map(({ name }) => name)).toEqual(expect.arrayContaining([...hashes.keys()]));
    let damaged = 0;
    for (const { id, name, size } of sent) {
      const response = await fetch(reader.target.origin + API_ROUTES.attachmentContent(id), {
        headers: { Authorization: `Bearer ${reader.token}` },
      });
      const content = Buffer.from(await response.arrayBuffer());
      const hash = createHash('sha256').update(content).digest('hex');
      const isAltered = name.endsWith('.pdf') && hash !== (hashes.get(name) ?? hash);
      if (response.status !== 200 || content.length !== size || isAltered) damaged += 1;
    }
    return damaged;
  }

  async function clean(databaseUrl: string): Promise<number> {
    const aDayAgo = (Date.now() - DAY_MS) / 1000;
    await run(databaseUrl, `UPDATE chat_file_removals SET due_at = due_at - interval '1 day'`);
    const unfinished = join(dataDir, 'uploads', 'unfinished');
    for (const name of await readdir(unfinished)) {
      await utimes(join(unfinished, name), aDayAgo, aDayAgo);
    }
    const dataSource = await connectDatabase(databaseUrl);
    const cleaning = new AttachmentCleaning(
      new Database(dataSource),
      new FolderStore(join(dataDir, 'uploads', 'files')),
    );
    const { files } = await cleaning.clean();
    await new TemporaryFiles(unfinished).removeOlderThan(new Date(Date.now() - DAY_MS / 2));
    await dataSource.destroy();
    return files;
  }

  it(`R39 ${KILLS} kills leave no message without its file, and nothing that a day does not clear`, async () => {
    const databaseUrl = await stage.database();
    const api = await stage.api(databaseUrl, { DATA_DIR: dataDir });
    const reader = await api.admin();
    const load = new SendingFiles(await api.students(8));
    const kills = new AimedKills(api, databaseUrl, join(dataDir, 'uploads'));
    try {
      for (let kill = 0; kill < KILLS; kill += 1) {
        await kills.kill(AIMS[kill % AIMS.length] ?? 'anywhere');
        await api.start();
      }
      await delay(500);
    } finally {
      await load.stop();
    }
    const damaged = await countDamaged(databaseUrl, reader, load.acknowledged);
    const unfinished = (await filesIn('unfinished')).length;
    const announced = await clean(databaseUrl);
    showFigures('R39', {
      kills: KILLS,
      'files sent': load.acknowledged.size,
      'calls that broke': load.interruptions,
      'uploads cut short while arriving': kills.arriving,
      'while drawn': kills.drawing,
      'between file and row': kills.beforeRow,
      'messages pointing at nothing': damaged,
      'unfinished files left by kills': unfinished,
      'announced ones without a row': announced,
    });
    expect(damaged).toBe(0);
    for (const cutShort of [kills.arriving, kills.drawing, kills.beforeRow]) {
      expect(cutShort).toBeGreaterThan(0);
    }
    expect(await filesIn('unfinished')).toEqual([]);
    const kept = await run<{ files: number }>(
      databaseUrl,
      'SELECT (count(*) + count(thumbnail_size))::int AS files FROM chat_attachments',
    );
    expect((await filesIn('files')).length).toBe(kept[0]?.files);
    expect(await countDamaged(databaseUrl, reader, load.acknowledged)).toBe(0);
  });
});
