import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problem.error';

/** For `@RouteConfig`: the route takes a form, and reads it itself as it comes in, if at all. */
export const TAKES_FORM = { takesForm: true } as const;
/** For `@RouteConfig`: answers are not compressed, so that their parts can be asked for. */
export const SENT_AS_IT_IS = { isSentAsItIs: true } as const;

/** Makes the options above work; before the routes, and before the plugin that compresses. */
export function honourRouteOptions(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    if (route.config && 'isSentAsItIs' in route.config) route.compress = false;
  });
  const forms = ['multipart/form-data', 'application/x-www-form-urlencoded'];
  fastify.addContentTypeParser(forms, (request, _payload, done) => {
    if ('takesForm' in request.routeOptions.config) done(null, undefined);
    else done(new ProblemError('unsupported_media_type', 'Send UTF-8 JSON as application/json.'));
  });
}
