/** The stable words of the `code` member of every error answer. */
export const PROBLEM_CODES = [
  'malformed_json',
  'invalid_encoding',
  'validation_failed',
  'unauthenticated',
  'token_expired',
  'bad_credentials',
  'forbidden',
  'registration_closed',
  'not_found',
  'invalid_page',
  'method_not_allowed',
  'email_taken',
  'client_message_id_reused',
  'conversation_closed',
  'attachment_used',
  'quota_exceeded',
  'range_not_satisfiable',
  'insufficient_storage',
  'resync',
  'payload_too_large',
  'unsupported_media_type',
  'upgrade_required',
  'rate_limited',
  'unavailable',
  'outcome_unknown',
  'internal_error',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** What can be wrong with one field. */
export const FIELD_CODES = [
  'required',
  'unknown_field',
  'wrong_type',
  'bad_format',
  'too_short',
  'too_long',
  'out_of_range',
  'not_allowed',
] as const;
export type FieldCode = (typeof FIELD_CODES)[number];

export interface FieldProblem {
  field: string;
  code: FieldCode;
  detail: string;
}

/** RFC 9457 problem details, `application/problem+json`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** The request id, also in the `X-Request-Id` header. */
  instance: string;
  code: ProblemCode;
  errors?: FieldProblem[];
}
