import { errorCode } from '../error-code';
import { ProblemError } from '../http/problem.error';

/** No space on the device, over the quota, or beyond the largest file it takes. */
const NO_SPACE = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const NO_SPACE_WORDS = /no space left|disk quota exceeded|file too large/i;

/** The folder is not there to be written to: a matter of the installation, not of the file. */
const NOT_WRITABLE = new Set(['EROFS', 'EACCES', 'EPERM', 'EIO']);

export function insufficientStorage(cause: unknown): ProblemError {
  return new ProblemError(
    'insufficient_storage',
    'There is no room for this file on the server. Tell its operator.',
    { cause },
  );
}

/** Also for libraries that only repeat the system's words. */
export function isOutOfSpace(error: unknown): boolean {
  if (NO_SPACE.has(errorCode(error) ?? '')) return true;
  return error instanceof Error && NO_SPACE_WORDS.test(error.message);
}

/**
 * `insufficient_storage` where a write failed for want of room, `unavailable` where the folder cannot
 * be written to; any other error as it is.
 */
export function asStorageProblem(error: unknown): unknown {
  if (isOutOfSpace(error)) return insufficientStorage(error);
  return NOT_WRITABLE.has(errorCode(error) ?? '') ? ProblemError.unavailable(error) : error;
}
