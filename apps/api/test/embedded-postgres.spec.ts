import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import {
  attachEmbeddedPostgres,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../src/platform/database/embedded';
import { StartupError } from '../src/platform/startup-error';
import { guardiansOf, postmasterPid, serversOf } from './support/postgres-processes';
import { signalIfThere, statusOf } from './support/processes';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

describe('embedded PostgreSQL', () => {
  let dataDir: string;
  let running: EmbeddedPostgres[];
  let owners: ChildProcess[];

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'support chat '));
    await chmod(dataDir, 0o755);
    running = [];
    owners = [];
  });

  afterEach(async () => {
    for (const owner of owners) owner.kill('SIGKILL');
    for (const database of running) await database.stop();
    await until(async () => (await serversOf(dataDir)).length === 0);
    await rm(dataDir, { recursive: true });
  });

  async function start(): Promise<EmbeddedPostgres> {
    const database = await startEmbeddedPostgres({ dataDir, log: () => undefined });
    running.push(database);
    return database;
  }

  /** The same in a process of its own, which the test may kill. */
  async function startOwner(
    options: SpawnOptions = {},
  ): Promise<{ owner: ChildProcess; said: string }> {
    const program = join(import.meta.dirname, 'support/embedded-owner.ts');
    const owner = spawn(
      process.execPath,
      ['--import', '@swc-node/register/esm-register', program, dataDir],
      {
        ...options,
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          TS_NODE_PROJECT: resolve(import.meta.dirname, '../tsconfig.json'),
        },
      },
    );
    owners.push(owner);
    const [said] = (await Promise.race([
      once(createInterface(owner.stdout), 'line'),
      once(owner, 'exit').then(() => {
        throw new Error('The owner ended without a word; see the lines above.');
      }),
    ])) as [string];
    return { owner, said };
  }

  it('R02 makes a durable UTF-8 database for a role that is no superuser', async () => {
    const { url } = await start();
    const [row] = await query(
      url,
      `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages,
              current_setting('synchronous_commit') AS commit, current_setting('server_encoding') AS encoding,
              current_setting('listen_addresses') AS addresses, current_setting('data_checksums') AS checksums,
              (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS is_superuser,
              upper('é') AS upper`,
    );
    expect(row).toEqual({
      fsync: 'on',
      pages: 'on',
      commit: 'on',
      encoding: 'UTF8',
      addresses: '127.0.0.1',
      checksums: 'on',
      is_superuser: false,
      upper: 'É',
    });
  });

  it('lets nobody in without the password, which only its owner can read', async () => {
    const { url } = await start();
    const stranger = new URL(url);
    stranger.password = 'guess';
    await expect(query(stranger.href, 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    );
    expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700);
  });

  it('keeps data and password over a stop, and leaves nothing running', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    expect(await serversOf(dataDir)).toEqual([]);
    const second = await start();
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(new URL(second.url).password).toBe(new URL(first.url).password);
  });

  it('refuses a second instance in one line, and lets a command line attach', async () => {
    expect(await attachEmbeddedPostgres({ dataDir })).toBeNull();
    const first = await start();
    const { said } = await startOwner();
    expect(said).toMatch(/^refused: DATA_DIR is in use by another instance \(process \d+/);
    expect(await attachEmbeddedPostgres({ dataDir })).toBe(first.url);
    await first.stop();
    expect(await attachEmbeddedPostgres({ dataDir })).toBeNull();
  });

  it('R01 kill -9 of the owner leaves no orphan, loses nothing and blocks no start', async () => {
    const { owner, said: url } = await startOwner();
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    owner.kill('SIGKILL');
    await until(async () => (await serversOf(dataDir)).length === 0);
    const next = await start();
    expect(await query(next.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('R01 takes over from a server whose owner and guardian were both killed', async () => {
    const { owner, said: url } = await startOwner();
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const orphan = await postmasterPid(dataDir);
    for (const pid of await guardiansOf(orphan)) signalIfThere(pid, 'SIGKILL');
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const next = await start();
    expect(await query(next.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(await postmasterPid(dataDir)).not.toBe(orphan);
  });

  it('R02 comes back on the same port after kill -9 of all its processes', async () => {
    const { url } = await start();
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const killed = await postmasterPid(dataDir);
    for (const pid of await serversOf(dataDir)) signalIfThere(pid, 'SIGKILL');
    await until(async () => {
      const pid = await postmasterPid(dataDir);
      return (
        pid !== undefined && pid !== killed && (await attachEmbeddedPostgres({ dataDir })) === url
      );
    });
    expect(await query(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('starts over when the very first start was cut short', async () => {
    await writeFile(join(dataDir, 'postgres-password'), 'left over\n');
    await start().then(async (database) => database.stop());
    await rm(join(dataDir, 'postgres'), { recursive: true });
    const { url } = await start();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('is not held up by a lock or a process number left from before a reboot', async () => {
    await start().then(async (database) => database.stop());
    await writeFile(join(dataDir, 'instance.lock'), `${process.pid} long ago\n`);
    await writeFile(
      join(dataDir, 'postgres/postmaster.pid'),
      `${process.ppid}\n${dataDir}/postgres\n`,
    );
    const { url } = await start();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('says in one line that the folder cannot be used', async () => {
    await writeFile(join(dataDir, 'file'), '');
    const attempt = startEmbeddedPostgres({ dataDir: join(dataDir, 'file') });
    await expect(attempt).rejects.toThrow(StartupError);
    await expect(attempt).rejects.toThrow(/^DATA_DIR .*file cannot be used \(EEXIST\)\.$/);
  });

  it('says in one line why PostgreSQL refuses, and gives the folder back', async () => {
    await start().then(async (database) => database.stop());
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '17\n');
    for (const _ of [1, 2]) {
      await expect(start()).rejects.toThrow(
        /^The embedded database did not start: database files are incompatible with server \(/,
      );
    }
  });

  (isRoot ? describe : describe.skip)('started by root', () => {
    it('runs as an unprivileged account', async () => {
      await start();
      for (const pid of await serversOf(dataDir)) expect(await uidOf(pid)).not.toBe(0);
    });

    it('works inside a folder that only root can enter, whose rights stay as they are', async () => {
      await chmod(dataDir, 0o700);
      const { url } = await start();
      expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      for (const pid of await serversOf(dataDir)) expect(await uidOf(pid)).not.toBe(0);
      expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    });

    it('says in one line that an ordinary user may not write the folder', async () => {
      const { said } = await startOwner({ uid: NOBODY, gid: NOBODY });
      expect(said).toBe(`refused: DATA_DIR ${dataDir} cannot be used (EACCES).`);
    });

    it('serves a database that an ordinary user made, as that user', async () => {
      await chown(dataDir, NOBODY, NOBODY);
      const { owner, said: url } = await startOwner({ uid: NOBODY, gid: NOBODY });
      await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
      owner.kill('SIGTERM');
      await once(owner, 'exit');
      const next = await start();
      expect(await query(next.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
      expect(await uidOf((await postmasterPid(dataDir)) ?? 0)).toBe(NOBODY);
    });
  });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(20);
}

async function uidOf(pid: number): Promise<number> {
  return Number(await statusOf(pid, 'Uid'));
}
