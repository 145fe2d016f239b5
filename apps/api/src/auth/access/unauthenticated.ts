import { ProblemError } from '../../platform/http/problem.error';

/** The one answer for every reason why a caller is not known. */
export function unauthenticated(): ProblemError {
  return new ProblemError('unauthenticated', 'Sign in first.');
}

/** For a genuine token that is over: the client may refresh instead of asking for a password. */
export function tokenExpired(): ProblemError {
  return new ProblemError('token_expired', 'The access token has expired. Refresh it.');
}
