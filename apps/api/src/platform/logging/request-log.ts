import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { describeAnswer, type AnsweredRequest } from '../http/answered-request';

/**
 * One JSON line per answered request: method, path without query, status, milliseconds. No bodies,
 * no headers, no tokens. Answers without news (204, 304) and health checks only at `debug`: most
 * requests of a polling chat are such.
 */
export class RequestLog {
  constructor(private readonly logger: Logger) {}

  watch(fastify: FastifyInstance): void {
    fastify.addHook('onResponse', (request, reply, done) => {
      this.note(describeAnswer(request, reply));
      done();
    });
  }

  note(answered: AnsweredRequest): void {
    const level = levelOf(answered);
    if (!this.logger.isLevelEnabled(level)) return;
    const { id, method, path, status } = answered;
    const ms = Math.round(answered.ms * 10) / 10;
    this.logger[level]({ request: id, method, path, status, ms }, 'request');
  }
}

function levelOf({ status, path }: AnsweredRequest): 'debug' | 'info' | 'warn' {
  if (status >= 500) return 'warn';
  if (status === 204 || status === 304 || path.startsWith('/health')) return 'debug';
  return 'info';
}
