import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

/**
 * One JSON line per answered request: method, path without query, status, milliseconds. No bodies,
 * no headers, no tokens. Answers without news (204, 304) and health checks only at `debug`: most
 * requests of a polling chat are such.
 */
export function logRequests(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const level = levelOf(request, reply);
    if (logger.isLevelEnabled(level)) {
      logger[level](
        {
          request: request.id,
          method: request.method,
          path: request.url.split('?', 1)[0],
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime * 10) / 10,
        },
        'request',
      );
    }
    done();
  });
}

function levelOf(request: FastifyRequest, reply: FastifyReply): 'debug' | 'info' | 'warn' {
  const { statusCode } = reply;
  if (statusCode >= 500) return 'warn';
  if (statusCode === 204 || statusCode === 304 || request.url.startsWith('/health')) return 'debug';
  return 'info';
}
