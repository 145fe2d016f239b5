import { errorCode } from '../error-code';
import { ProblemError } from '../http/problem.error';

/** No space on the device, over the quota, or beyond the largest file it takes. */
const NO_SPACE = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

export function insufficientStorage(cause: unknown): ProblemError {
  return new ProblemError(
    'insufficient_storage',
    'There is no room for this file on the server. Tell its operator.',
    { cause },
  );
}

/** `insufficient_storage` where a write failed for want of room; any other error as it is. */
export function asStorageProblem(error: unknown): unknown {
  return NO_SPACE.has(errorCode(error) ?? '') ? insufficientStorage(error) : error;
}
