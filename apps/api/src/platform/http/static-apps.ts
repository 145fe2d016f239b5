import { APP_ROUTES } from '@support-chat/contracts';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StartupError } from '../startup-error';
import { APP_TRUSTED_TYPES } from './security-headers';

/** The two Angular apps: where people find them and which folder of the build they come from. */
const APPS = [
  { route: APP_ROUTES.support, project: 'support' },
  { route: APP_ROUTES.admin, project: 'admin' },
] as const;

const YEAR_SECONDS = 31_536_000;

/**
 * Serves both apps from `folder` (`dist/apps`), each page address with its app's index.html.
 * @throws StartupError when they are not built
 */
export async function serveApps(app: NestFastifyApplication, folder: string): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  for (const [position, { route, project }] of APPS.entries()) {
    const root = join(folder, project, 'browser');
    if (!existsSync(join(root, 'index.html'))) {
      throw new StartupError(`The app "${project}" is not built. Run "npm run build".`);
    }
    await app.register(fastifyStatic, {
      root,
      prefix: `${route}/`,
      wildcard: false,
      index: false,
      preCompressed: true,
      decorateReply: position === 0,
      cacheControl: false,
      setHeaders: (reply, path) => {
        void reply.header('Cache-Control', cacheControl(path));
      },
    });
    const sendIndex = async (_: unknown, reply: FastifyReply): Promise<FastifyReply> => {
      const policy = [String(reply.getHeader('Content-Security-Policy')), APP_TRUSTED_TYPES];
      return reply.header('Content-Security-Policy', policy).sendFile('index.html', root);
    };
    fastify.get(route, sendIndex);
    fastify.get(`${route}/*`, async (request, reply) => {
      // A page address has no extension; a missing file must not turn into a page.
      if (/\.\w+$/.test(request.url.split('?', 1)[0] ?? '')) {
        reply.callNotFound();
        return reply;
      }
      return sendIndex(request, reply);
    });
  }
  fastify.get('/', async (_, reply) => reply.redirect(APP_ROUTES.support));
  fastify.get('/admin', async (_, reply) => reply.redirect(APP_ROUTES.admin));
}

/** Built files carry a hash in their names and never change; the page that names them is asked anew. */
function cacheControl(path: string): string {
  const isHashed = /-[A-Z\d]{8}\.\w+(\.br|\.gz)?$/.test(path);
  return isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache';
}
