import { chown, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { sqlState } from '../../src/platform/database/pg-errors';
import type { SmallDisk } from './small-disk';

const DISK_FULL = '53100';

/** Has one table of a test's database on a disk of its own, which it fills and empties. */
export class SmallTablespace {
  private constructor(
    private readonly database: Client,
    private readonly table: string,
  ) {}

  static async create(
    databaseUrl: string,
    table: string,
    disk: SmallDisk,
  ): Promise<SmallTablespace> {
    const url = new URL(databaseUrl);
    url.username = 'postgres';
    const database = new Client(url.href);
    await database.connect();
    const { rows } = await database.query<{ path: string }>(
      `SELECT current_setting('data_directory') AS path`,
    );
    const { uid, gid } = await stat(rows[0]?.path ?? '');
    const folder = join(disk.path, 'tablespace');
    await mkdir(folder, { mode: 0o700 });
    await chown(folder, uid, gid);
    await database.query(`CREATE TABLESPACE small LOCATION '${folder}'`);
    await database.query(`ALTER TABLE ${table} SET TABLESPACE small`);
    return new SmallTablespace(database, table);
  }

  async fill(): Promise<void> {
    await this.database.query('CREATE TABLE filler (content text) TABLESPACE small');
    try {
      for (;;) {
        await this.database.query(
          `INSERT INTO filler SELECT repeat('x', 1000) FROM generate_series(1, 1000)`,
        );
      }
    } catch (error) {
      if (sqlState(error) !== DISK_FULL) throw error;
    }
  }

  async empty(): Promise<void> {
    await this.database.query('DROP TABLE IF EXISTS filler');
  }

  /** Before the disk goes away. */
  async dispose(): Promise<void> {
    await this.empty();
    await this.database.query(`ALTER TABLE ${this.table} SET TABLESPACE pg_default`);
    await this.database.query('DROP TABLESPACE small');
    await this.database.end();
  }
}
