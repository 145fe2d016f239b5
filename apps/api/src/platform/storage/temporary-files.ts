import { mkdir, opendir, rm, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ignoreCode } from '../error-code';
import { asStorageProblem } from './storage-problems';

/** Folders for files that are still worked on, each for one piece of work. */
export class TemporaryFiles {
  /** @param root made when first needed */
  constructor(private readonly root: string) {}

  /** Gives `work` an empty folder of its own, and takes it away with all that is in it. */
  async use<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const folder = join(this.root, randomUUID());
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return await work(folder);
    } catch (error) {
      throw asStorageProblem(error);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Takes away what work that ended in a crash has left. @returns how many folders */
  async removeOlderThan(time: Date): Promise<number> {
    let removed = 0;
    const root = await opendir(this.root).catch(ignoreCode('ENOENT'));
    if (!root) return removed;
    for await (const { name } of root) {
      const folder = join(this.root, name);
      const found = await stat(folder).catch(ignoreCode('ENOENT'));
      if (!found || found.mtime >= time) continue;
      await rm(folder, { recursive: true, force: true });
      removed += 1;
    }
    return removed;
  }
}
