import { ArgumentsHost, Catch, Logger, type ExceptionFilter } from '@nestjs/common';
import type { Problem } from '@support-chat/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AllowedMethods } from './allowed-methods';
import { ProblemError } from './problem.error';
import { toProblem } from './to-problem';

/** Answers every error as RFC 9457 problem details; what is not known is a logged, plain 500. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(private readonly allowedMethods: AllowedMethods) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = this.withAllow(toProblem(error), request);
    if (problem.status >= 500) this.log(problem, error, request);
    sendProblem(problem, request, reply);
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
