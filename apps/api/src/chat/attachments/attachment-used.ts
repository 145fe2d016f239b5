import { ProblemError } from '../../platform/http/problem.error';

/** An upload becomes part of one message, for good. */
export function attachmentUsed(): ProblemError {
  return new ProblemError('attachment_used', 'This file has been sent already.');
}
