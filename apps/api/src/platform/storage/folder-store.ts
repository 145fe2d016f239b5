import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { errorCode } from '../error-code';
import {
  checkKey,
  FileStore,
  MissingFileError,
  NotRemovedError,
  type ByteRange,
} from './file-store';
import { asStorageProblem } from './storage-problems';

/** Files in a folder, spread over subfolders by the first letters of their keys. */
export class FolderStore extends FileStore {
  /** @param folder made at the first file; on the same file system as the files that are put */
  constructor(private readonly folder: string) {
    super();
  }

  async put(key: string, path: string): Promise<void> {
    const target = this.pathOf(key);
    try {
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await flush(path, 'r+');
      await rename(path, target);
      await flush(dirname(target), 'r');
    } catch (error) {
      throw asStorageProblem(error);
    }
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    try {
      const file = await open(this.pathOf(key), 'r');
      return file.createReadStream({ start: range?.first ?? 0, end: range?.last ?? Infinity });
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      throw new MissingFileError('This file is not in the folder.', { cause: error });
    }
  }

  async remove(keys: readonly string[]): Promise<void> {
    const failed = new Set<string>();
    let cause: unknown;
    for (const [key, path] of keys.map((one) => [one, this.pathOf(one)] as const)) {
      try {
        await rm(path, { force: true });
      } catch (error) {
        failed.add(key);
        cause = error;
      }
    }
    if (failed.size > 0) throw new NotRemovedError(failed, cause);
  }

  private pathOf(key: string): string {
    return join(this.folder, checkKey(key).slice(0, 2), key);
  }
}

/** Writes what the system has only remembered so far to the disk. */
async function flush(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
