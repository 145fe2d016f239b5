import { ProblemError } from '../../platform/http/problem.error';
import type { AccessLevel } from './access.decorator';
import type { Caller } from './caller';

/** @throws ProblemError `forbidden` unless the caller's role has every one of these levels */
export function permit({ role }: Caller, levels: readonly AccessLevel[]): true {
  if (levels.every((level) => level === 'any' || level === role)) return true;
  throw new ProblemError('forbidden', 'Your role may not do this.');
}
