import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problem.error';

/** For `@RouteConfig`: the route reads a form (`multipart/form-data`) itself, as it comes in. */
export const TAKES_FORM = { takesForm: true } as const;
/** For `@RouteConfig`: answers are not compressed, so that their parts can be asked for. */
export const SENT_AS_IT_IS = { isSentAsItIs: true } as const;

/** Makes the options above work; before the routes, and before the plugin that compresses. */
export function honourRouteOptions(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    if (route.config && 'isSentAsItIs' in route.config) route.compress = false;
  });
  fastify.addContentTypeParser('multipart/form-data', (request, _payload, done) => {
    if ('takesForm' in request.routeOptions.config) done(null, undefined);
    else done(new ProblemError('unsupported_media_type', 'Send UTF-8 JSON as application/json.'));
  });
}
