import type { FieldProblem, ProblemCode } from '@support-chat/contracts';

/** Status and title of every problem code; the compiler keeps the table complete. */
export const PROBLEMS: Record<ProblemCode, { status: number; title: string }> = {
  malformed_json: { status: 400, title: 'Malformed JSON' },
  invalid_encoding: { status: 400, title: 'Invalid encoding' },
  validation_failed: { status: 400, title: 'Validation failed' },
  unauthenticated: { status: 401, title: 'Unauthenticated' },
  token_expired: { status: 401, title: 'Token expired' },
  bad_credentials: { status: 401, title: 'Bad credentials' },
  forbidden: { status: 403, title: 'Forbidden' },
  registration_closed: { status: 403, title: 'Registration closed' },
  not_found: { status: 404, title: 'Not found' },
  invalid_page: { status: 404, title: 'Invalid page' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  email_taken: { status: 409, title: 'E-mail address taken' },
  client_message_id_reused: { status: 409, title: 'Client message id reused' },
  conversation_closed: { status: 409, title: 'Conversation closed' },
  attachment_used: { status: 409, title: 'Attachment used' },
  resync: { status: 409, title: 'Resynchronise' },
  payload_too_large: { status: 413, title: 'Payload too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  range_not_satisfiable: { status: 416, title: 'Range not satisfiable' },
  upgrade_required: { status: 426, title: 'Upgrade required' },
  quota_exceeded: { status: 429, title: 'Quota exceeded' },
  rate_limited: { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'Service unavailable' },
  outcome_unknown: { status: 503, title: 'Outcome unknown' },
  internal_error: { status: 500, title: 'Internal error' },
  insufficient_storage: { status: 507, title: 'Insufficient storage' },
};

interface ProblemExtras {
  errors?: FieldProblem[];
  /** Seconds until another try makes sense; becomes `Retry-After`. */
  retryAfter?: number;
  /** Further response headers, such as `Allow`. */
  headers?: Record<string, string>;
  cause?: unknown;
}

/**
 * A refusal with a stable code, thrown anywhere and answered by `ProblemFilter` as RFC 9457 problem
 * details. `detail` is shown to people: never a value they sent, nor anything of the inside.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly title: string;

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly extras: ProblemExtras = {},
  ) {
    super(detail, { cause: extras.cause });
    ({ status: this.status, title: this.title } = PROBLEMS[code]);
  }

  /** One answer for what does not exist and for what belongs to someone else. */
  static notFound(): ProblemError {
    return new ProblemError('not_found', 'There is nothing at this address for you.');
  }

  static invalid(...errors: FieldProblem[]): ProblemError {
    return new ProblemError('validation_failed', 'The input is not acceptable.', { errors });
  }

  static unavailable(cause?: unknown): ProblemError {
    return new ProblemError('unavailable', 'The service cannot answer right now. Try again soon.', {
      retryAfter: 2,
      cause,
    });
  }
}
