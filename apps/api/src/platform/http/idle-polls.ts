import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Metrics } from '../metrics/metrics';
import { withoutQuery, type AnsweredRequest } from './answered-request';
import { StopNotice } from './stop-notice';

/** Nothing is new: the answer to most requests of a polling chat. */
export interface IdleAnswer {
  status: 204 | 304;
  /** The pattern of the route that would have given it. */
  route: string;
  /** Entity tag of a 304. */
  tag?: string;
}

/** Looks into memory alone; null wherever there is the least doubt. */
export type IdleAnswerer = (request: IncomingMessage) => IdleAnswer | null;

/** What differs from answer to answer; all other headers are the same for a route. */
const OWN_HEADERS = new Set(['x-request-id', 'etag']);

/**
 * Answers idle polls before the framework sees them, at a fraction of its cost. Never says anything
 * but "nothing is new", to callers the guards have let in before; whatever else it is, or on any
 * doubt, the request takes the ordinary way. Headers are copied from an ordinary answer, so there
 * is none until the route has given one.
 */
@Injectable()
export class IdlePolls {
  private readonly answerers: IdleAnswerer[] = [];
  private readonly headersByRoute = new Map<string, readonly string[]>();

  constructor(
    private readonly metrics: Metrics,
    private readonly stop: StopNotice,
  ) {}

  add(answerer: IdleAnswerer): void {
    this.answerers.push(answerer);
  }

  /** @param note hears of each request answered here */
  standBefore(
    fastify: FastifyInstance,
    nameRequest: (request: IncomingMessage) => string,
    note: (answered: AnsweredRequest) => void,
  ): void {
    fastify.addHook('onResponse', (request, reply, done) => {
      this.learnHeaders(request, reply);
      done();
    });
    const { server } = fastify;
    const framework = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const start = performance.now();
      const answer = this.find(request);
      const headers = answer && this.headersByRoute.get(answer.route);
      if (!headers) {
        for (const listener of framework) listener.call(server, request, response);
        return;
      }
      const id = nameRequest(request);
      send(response, answer, [...headers, 'X-Request-Id', id]);
      this.metrics.pollsFromMemory.inc();
      const { status, route } = answer;
      const [path, ms] = [withoutQuery(request.url ?? ''), performance.now() - start];
      note({ id, method: 'GET', path, route, status, ms });
    });
  }

  private find(request: IncomingMessage): IdleAnswer | null {
    // While the application stops, requests are told so in the ordinary way.
    if (request.method !== 'GET' || this.stop.isGiven || !isPlain(request)) return null;
    for (const answerer of this.answerers) {
      const answer = answerer(request);
      if (answer) return answer;
    }
    return null;
  }

  private learnHeaders(request: FastifyRequest, reply: FastifyReply): void {
    const { url } = request.routeOptions;
    const isIdle = reply.statusCode === 204 || reply.statusCode === 304;
    if (!isIdle || request.method !== 'GET' || !isPlain(request.raw) || url === undefined) return;
    if (this.headersByRoute.has(url)) return;
    const shared = Object.entries(reply.getHeaders()).filter(([name]) => !OWN_HEADERS.has(name));
    this.headersByRoute.set(
      url,
      shared.flatMap(([name, value]) => [name, String(value)]),
    );
  }
}

/** Pages of other origins get further headers, and nobody sends a body with GET but to confuse. */
function isPlain({ headers }: IncomingMessage): boolean {
  return (
    headers.origin === undefined &&
    headers['content-length'] === undefined &&
    headers['transfer-encoding'] === undefined
  );
}

function send(response: ServerResponse, { status, tag }: IdleAnswer, headers: string[]): void {
  if (tag !== undefined) headers.push('ETag', tag);
  response.writeHead(status, headers).end();
}
