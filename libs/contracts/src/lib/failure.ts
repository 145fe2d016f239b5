import { type FieldProblem, PROBLEM_CODES, type Problem, type ProblemCode } from './problem';

/** Why a call failed: a word of the API, or `unreachable` when no answer of the API came at all. */
export type FailureCode = ProblemCode | 'unreachable';

/** What a client knows of a call that failed; `code` is translated, the rest helps people help. */
export interface Failure {
  code: FailureCode;
  /** HTTP status, 0 without an answer. */
  status: number;
  requestId: string | null;
  retryAfterSeconds: number | null;
  errors: FieldProblem[];
}

/** An HTTP answer as clients of any framework hold it. */
interface ErrorAnswer {
  status: number;
  error: unknown;
  headers: { get(name: string): string | null };
}

const codeOfStatus: Record<number, ProblemCode> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  413: 'payload_too_large',
  429: 'rate_limited',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/**
 * Reads whatever a call was rejected with. An answer that is no problem document (a proxy's page)
 * is judged by its status; anything else, a timeout or a cut line, is `unreachable`.
 */
export function readFailure(error: unknown): Failure {
  if (!isErrorAnswer(error) || error.status === 0) {
    return {
      code: 'unreachable',
      status: 0,
      requestId: null,
      retryAfterSeconds: null,
      errors: [],
    };
  }
  const problem = isProblem(error.error) ? error.error : null;
  return {
    code: problem?.code ?? codeOfStatus[error.status] ?? 'internal_error',
    status: error.status,
    requestId: problem?.instance ?? error.headers.get('X-Request-Id'),
    retryAfterSeconds: secondsOf(error.headers.get('Retry-After')),
    errors: problem?.errors ?? [],
  };
}

/** Whether another try of the same would fail in the same way. */
export function isFinalFailure({ status }: Failure): boolean {
  return status === 400 || status === 403 || status === 404;
}

export function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null || !('code' in value)) return false;
  return PROBLEM_CODES.some((code) => code === value.code);
}

function isErrorAnswer(error: unknown): error is ErrorAnswer {
  return (
    typeof error === 'object' &&
    error !== null &&
    'status' in error &&
    typeof error.status === 'number' &&
    'headers' in error
  );
}

/** `Retry-After` in its two forms, seconds or a date (RFC 9110, 10.2.3). */
function secondsOf(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  const seconds = /^\d+$/.test(retryAfter)
    ? Number(retryAfter)
    : Math.ceil((Date.parse(retryAfter) - Date.now()) / 1000);
  return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}
