import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { STAGE_ATTACHMENT } from '../../../src/chat/attachments/attachment.statements';
import { ignoreCode } from '../../../src/platform/error-code';
import { eventually } from '../../support/eventually';
import { filesBelow } from '../../support/files-below';
import type { DrillApi } from './drill-api';
import { run } from './run-sql';

const PATIENCE_MS = 30_000;
const WAITING = `FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`;

/** Kills an API at chosen moments of its uploads, and counts those that each kill has cut short. */
export class AimedKills {
  /** Uploads on their way to the disk, or waiting there to be looked at. */
  arriving = 0;
  /** Images of which something was drawn, and nothing kept. */
  drawing = 0;
  /** Files that were kept and had no row yet. */
  beforeRow = 0;
  private readonly seen = new Set<string>();
  private readonly unfinished: string;
  private readonly files: string;

  constructor(
    private readonly api: DrillApi,
    private readonly databaseUrl: string,
    uploads: string,
  ) {
    this.unfinished = join(uploads, 'unfinished');
    this.files = join(uploads, 'files');
  }

  async kill(aim: 'anywhere' | 'drawing' | 'beforeRow'): Promise<void> {
    if (aim === 'anywhere') {
      await delay(500 + Math.random() * 1_500);
      await this.api.kill();
    } else if (aim === 'drawing') {
      await this.killWhileDrawing();
    } else {
      await this.killBeforeRow();
    }
    await this.count();
  }

  private async killWhileDrawing(): Promise<void> {
    await eventually(async () => {
      const folders = await this.newFolders();
      if (!folders.some((content) => content.includes('image'))) throw new Error('No image yet.');
    }, PATIENCE_MS);
    await this.api.kill();
  }

  /** Makes rows wait, and lets nobody write them in the name of the killed process. */
  private async killBeforeRow(): Promise<void> {
    const database = new Client({ connectionString: this.databaseUrl });
    await database.connect();
    try {
      await database.query('BEGIN');
      await database.query('LOCK TABLE chat_attachments IN SHARE MODE');
      // Asked on other connections: within a transaction the answer stays the first one.
      await eventually(async () => {
        const rows = await run(this.databaseUrl, `SELECT ${WAITING} AND query LIKE $1`, [
          `${STAGE_ATTACHMENT.text.slice(0, 100)}%`,
        ]);
        if (rows.length === 0) throw new Error('No row waits yet.');
      }, PATIENCE_MS);
      await this.api.kill();
      await run(this.databaseUrl, `SELECT pg_terminate_backend(pid) ${WAITING}`);
    } finally {
      await database.end();
    }
  }

  /** What is in each folder of an upload that no earlier kill has left. */
  private async newFolders(): Promise<string[][]> {
    const names = (await readdir(this.unfinished).catch(ignoreCode('ENOENT'))) ?? [];
    const own = names.filter((name) => !this.seen.has(name));
    return Promise.all(
      own.map(
        async (name) =>
          (await readdir(join(this.unfinished, name)).catch(ignoreCode('ENOENT'))) ?? [],
      ),
    );
  }

  private async count(): Promise<void> {
    for (const content of await this.newFolders()) {
      if (content.includes('image')) this.drawing += 1;
      else this.arriving += 1;
    }
    for (const name of await readdir(this.unfinished)) this.seen.add(name);
    const rows = await run<{ storage_key: string }>(
      this.databaseUrl,
      'SELECT storage_key FROM chat_attachments',
    );
    const known = new Set(rows.map(({ storage_key }) => storage_key));
    for (const path of await filesBelow(this.files)) {
      const key = basename(path).replace(/-thumbnail$/, '');
      if (known.has(key) || this.seen.has(key)) continue;
      this.beforeRow += 1;
      this.seen.add(key);
    }
  }
}
