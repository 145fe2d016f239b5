import type { Readable } from 'node:stream';

/** Part of a file, both ends included. */
export interface ByteRange {
  first: number;
  last: number;
}

/** What a key may be: letters, digits and hyphens, so that no store can take it for a path. */
const KEY = /^[\da-z][\da-z-]{1,80}$/;

/** There is no such file. */
export class MissingFileError extends Error {
  override readonly name = 'MissingFileError';
}

/** Some files could not be removed; all others are. */
export class NotRemovedError extends Error {
  override readonly name = 'NotRemovedError';

  constructor(
    readonly keys: ReadonlySet<string>,
    cause: unknown,
  ) {
    super(`${keys.size} files could not be removed.`, { cause });
  }
}

/**
 * Keeps files under keys that the application makes up; a file never changes. Whole files come in
 * and parts of them go out as streams. Fails with `insufficient_storage` where there is no room,
 * `MissingFileError` where there is no file, and `unavailable` where the store cannot be reached.
 */
export abstract class FileStore {
  /** Takes over the file at `path`; once this returns, it outlasts a crash. */
  abstract put(key: string, path: string): Promise<void>;

  abstract read(key: string, range?: ByteRange): Promise<Readable>;

  /** Removes those that are there. Fails with `NotRemovedError` where some of them stay. */
  abstract remove(keys: readonly string[]): Promise<void>;
}

/** Keys are made here and never come from a request; this is the last wall before a file's name. */
export function checkKey(key: string): string {
  if (!KEY.test(key)) throw new Error('This is no key of a file.');
  return key;
}
