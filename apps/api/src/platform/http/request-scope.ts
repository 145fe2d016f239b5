import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { AsyncLocalStorage } from 'node:async_hooks';

/** Knows in the course of which request something happens, also when it is answered already. */
@Injectable()
export class RequestScope {
  private readonly ids = new AsyncLocalStorage<string>();

  /** Idle polls are answered before, and need none. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, _, done) => {
      this.ids.run(request.id, done);
    });
  }

  get requestId(): string | undefined {
    return this.ids.getStore();
  }
}
