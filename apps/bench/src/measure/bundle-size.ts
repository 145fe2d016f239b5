import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** Compressed kilobytes of an app's scripts and styles. */
export interface BundleSize {
  /** What its page names: needed before anything shows. */
  firstLoad: number;
  /** With everything it may load later. */
  all: number;
}

const BYTES_PER_KB = 1000;

/** @param folder of the built app; null where it is not there */
export function readBundleSize(folder: string): BundleSize | null {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return null;
  const html = readFileSync(page, 'utf8');
  // Workers are no part of the page: only who turns pushes on has them.
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(js|css)$/.test(name) && !name.endsWith('-worker.js'),
  );
  const size = (names: string[]): number =>
    names.reduce((sum, name) => sum + compressedBytes(join(folder, name)), 0) / BYTES_PER_KB;
  return { firstLoad: size(files.filter((name) => html.includes(name))), all: size(files) };
}

function compressedBytes(path: string): number {
  return brotliCompressSync(readFileSync(path)).length;
}
