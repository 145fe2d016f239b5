import { HttpException } from '@nestjs/common';
import type { ProblemCode } from '@support-chat/contracts';
import { isDatabaseUnavailable, violatedForeignKey } from '../database/pg-errors';
import { ProblemError } from './problem.error';

const CODES_BY_STATUS: Partial<Record<number, [ProblemCode, string]>> = {
  400: ['validation_failed', 'The request cannot be understood.'],
  401: ['unauthenticated', 'Sign in first.'],
  403: ['forbidden', 'Your role may not do this.'],
  404: ['not_found', 'There is nothing at this address for you.'],
  408: ['unavailable', 'The request took too long to arrive.'],
  413: ['payload_too_large', 'The body is larger than this call takes.'],
  414: ['not_found', 'There is nothing at this address for you.'],
  415: ['unsupported_media_type', 'Send UTF-8 JSON as application/json.'],
  429: ['rate_limited', 'Too many requests. Try again later.'],
  503: ['unavailable', 'The service cannot answer right now. Try again soon.'],
};

/** What a client may know of any error, over HTTP and socket alike; the error itself is the cause. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isDatabaseUnavailable(error)) return ProblemError.unavailable(error);
  // What the new row was to belong to has been deleted in the same instant.
  if (violatedForeignKey(error) !== undefined) return ProblemError.notFound();
  const known = CODES_BY_STATUS[statusOf(error) ?? 500];
  if (known) return new ProblemError(known[0], known[1], { cause: error });
  return new ProblemError('internal_error', 'Something went wrong on our side.', { cause: error });
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'statusCode' in error) return Number(error.statusCode);
  return undefined;
}
