import { LIMITS } from '@support-chat/contracts';
import { ProblemError } from './problem.error';

const PLAIN_POSITIVE_INTEGER = /^[1-9]\d{0,15}$/;

/**
 * An id from a path.
 * @throws ProblemError `not_found` for anything but a plain positive integer below 2^53
 */
export function parsePathId(raw: string | undefined): number {
  const id = raw !== undefined && PLAIN_POSITIVE_INTEGER.test(raw) ? Number(raw) : 0;
  if (id < 1 || id > LIMITS.idMax) throw ProblemError.notFound();
  return id;
}
