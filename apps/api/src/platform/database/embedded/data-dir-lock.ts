import { link, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { StartupError } from '../../startup-error';
import { errorCode, ignoreCode } from '../../error-code';
import { isAlive, startTime } from './processes';

/**
 * The right of one process to use a data folder: a file naming the process by id and start time.
 * A lock whose process is gone counts for nothing, so `kill -9` leaves no obstacle behind.
 */
export class DataDirLock {
  private constructor(
    private readonly path: string,
    private readonly content: string,
  ) {}

  /** @throws StartupError while another live process holds it */
  static async acquire(path: string): Promise<DataDirLock> {
    const lock = new DataDirLock(path, `${process.pid} ${await startTime(process.pid)}\n`);
    while (!(await lock.create())) {
      const found = await readLock(path);
      if (found === undefined) continue;
      if (await isHeld(found)) {
        const [pid] = found.split(' ');
        throw new StartupError(
          `DATA_DIR is in use by another instance (process ${pid}, ${path}). Stop it, or set DATA_DIR to another folder.`,
        );
      }
      await removeStale(path, found);
    }
    return lock;
  }

  /** Whether some live process holds the lock. */
  static async isHeld(path: string): Promise<boolean> {
    const found = await readLock(path);
    return found !== undefined && isHeld(found);
  }

  async release(): Promise<void> {
    if ((await readLock(this.path)) === this.content) await rm(this.path, { force: true });
  }

  private async create(): Promise<boolean> {
    // Linked into place whole, so that nobody reads half a lock.
    const draft = `${this.path}.${process.pid}`;
    await writeFile(draft, this.content, { mode: 0o644 });
    try {
      await link(draft, this.path);
      return true;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
      return false;
    } finally {
      await unlink(draft);
    }
  }
}

async function readLock(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(ignoreCode('ENOENT'));
}

async function isHeld(content: string): Promise<boolean> {
  const [pid = '', started] = content.trim().split(/ (.*)/);
  return /^\d+$/.test(pid) && isAlive(Number(pid)) && (await startTime(Number(pid))) === started;
}

/** Two starts may find the same stale lock: only the very file that was judged is taken away. */
async function removeStale(path: string, judged: string): Promise<void> {
  const aside = `${path}.stale.${process.pid}`;
  const moved = await rename(path, aside).then(() => true, ignoreCode('ENOENT'));
  if (!moved) return;
  if ((await readLock(aside)) !== judged) await link(aside, path).catch(ignoreCode('EEXIST'));
  await unlink(aside);
}
