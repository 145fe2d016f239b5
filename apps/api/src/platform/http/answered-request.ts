import type { FastifyReply, FastifyRequest } from 'fastify';

/** What the log and the metrics want to know of a request. */
export interface AnsweredRequest {
  id: string;
  method: string;
  /** Without its query. */
  path: string;
  /** The pattern of the route, or undefined where there is none. */
  route: string | undefined;
  status: number;
  ms: number;
}

export function describeAnswer(request: FastifyRequest, reply: FastifyReply): AnsweredRequest {
  return {
    id: request.id,
    method: request.method,
    path: withoutQuery(request.url),
    route: request.routeOptions.url,
    status: reply.statusCode,
    ms: reply.elapsedTime,
  };
}

export function withoutQuery(url: string): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}
