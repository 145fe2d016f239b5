import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Paths of all files in a folder, however deep. */
export async function filesBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}
