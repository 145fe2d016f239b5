import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file system of its own that is soon full. */
export interface SmallDisk {
  path: string;
  dispose(): Promise<void>;
}

/** Null where this account may not mount one. */
export async function mountSmallDisk(kilobytes: number): Promise<SmallDisk | null> {
  const path = await mkdtemp(join(tmpdir(), 'support-chat-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path]);
  } catch {
    await rm(path, { recursive: true });
    return null;
  }
  return {
    path,
    dispose: async () => {
      await run('umount', [path]);
      await rm(path, { recursive: true });
    },
  };
}
