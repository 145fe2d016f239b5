import { ArgumentsHost, Catch, HttpException, Logger, type ExceptionFilter } from '@nestjs/common';
import type { Problem, ProblemCode } from '@support-chat/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseUnavailable, violatedForeignKey } from '../database/pg-errors';
import type { AllowedMethods } from './allowed-methods';
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

/** Answers every error as RFC 9457 problem details; what is not known is a logged, plain 500. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(private readonly allowedMethods: AllowedMethods) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = this.withAllow(this.toProblem(error), request);
    if (problem.status >= 500) this.log(problem, error, request);
    sendProblem(problem, request, reply);
  }

  private toProblem(error: unknown): ProblemError {
    if (error instanceof ProblemError) return error;
    if (isDatabaseUnavailable(error)) return ProblemError.unavailable(error);
    // What the new row was to belong to has been deleted in the same instant.
    if (violatedForeignKey(error) !== undefined) return ProblemError.notFound();
    const known = CODES_BY_STATUS[statusOf(error) ?? 500];
    if (known) return new ProblemError(known[0], known[1], { cause: error });
    return new ProblemError('internal_error', 'Something went wrong on our side.', {
      cause: error,
    });
  }

  /** Where no route matched, the body does not matter: 405 on a path that other methods have, or 404. */
  private withAllow(problem: ProblemError, request: FastifyRequest): ProblemError {
    if (problem.status >= 500 || !request.is404) return problem;
    const methods = this.allowedMethods.of(request.url);
    if (methods.length === 0) return ProblemError.notFound();
    return new ProblemError('method_not_allowed', 'This address does not have this method.', {
      headers: { Allow: methods.join(', ') },
    });
  }

  private log(problem: ProblemError, error: unknown, request: FastifyRequest): void {
    const cause = problem.cause ?? error;
    const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    this.logger.error(`${problem.code} request=${request.id} ${text}`);
  }
}

function sendProblem(problem: ProblemError, request: FastifyRequest, reply: FastifyReply): void {
  const { code, detail, status, title } = problem;
  const { errors, headers, retryAfter } = problem.extras;
  const body: Problem = {
    type: `/problems/${code.replaceAll('_', '-')}`,
    title,
    status,
    detail,
    instance: request.id,
    code,
    ...(errors && { errors }),
  };
  if (status === 401) void reply.header('WWW-Authenticate', 'Bearer');
  if (retryAfter !== undefined) void reply.header('Retry-After', String(Math.ceil(retryAfter)));
  if (headers) void reply.headers(headers);
  void reply
    .status(status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body));
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'statusCode' in error) return Number(error.statusCode);
  return undefined;
}
