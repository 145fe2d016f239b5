import { APP_ROUTES } from '@support-chat/contracts';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StartupError } from '../startup-error';
import { ProblemError } from './problem.error';
import { APP_TRUSTED_TYPES } from './security-headers';

/** The two Angular apps: where people find them and which folder of the build they come from. */
const APPS = [
  { route: APP_ROUTES.support, project: 'support' },
  { route: APP_ROUTES.admin, project: 'admin' },
] as const;

/** Each app's worker stands beside its files, and serves its start page too, which has no slash. */
const WORKER = 'push-worker.js';

const YEAR_SECONDS = 31_536_000;

/**
 * Serves both apps from `folder` (`dist/apps`), each page address with its app's index.html.
 * @throws StartupError when they are not built
 */
export async function serveApps(app: NestFastifyApplication, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    // Files are small: a range is answered with the whole, and none can be unsatisfiable.
    acceptRanges: false,
    setHeaders: (reply, path) => {
      void reply.header('Cache-Control', cacheControl(path));
    },
  });
  const fastify = app.getHttpAdapter().getInstance();
  for (const { route, project } of APPS) {
    const files = `${project}/browser`;
    if (!existsSync(join(folder, files, 'index.html'))) {
      throw new StartupError(`The app "${project}" is not built. Run "npm run build".`);
    }
    fastify.get(route, async (_, reply) => sendPage(reply, files));
    fastify.get<{ Params: { '*': string } }>(`${route}/*`, async (request, reply) => {
      const path = request.params['*'];
      if (path.includes('..') || path.includes('\0')) throw ProblemError.notFound();
      if (path === WORKER) void reply.header('Service-Worker-Allowed', route);
      // A page address has no extension; a missing file must not turn into a page.
      return /\.\w+$/.test(path) ? reply.sendFile(`${files}/${path}`) : sendPage(reply, files);
    });
  }
  fastify.get('/', async (_, reply) => reply.redirect(APP_ROUTES.support));
  fastify.get('/admin', async (_, reply) => reply.redirect(APP_ROUTES.admin));
}

function sendPage(reply: FastifyReply, files: string): FastifyReply {
  const policy = [String(reply.raw.getHeader('Content-Security-Policy')), APP_TRUSTED_TYPES];
  return reply.header('Content-Security-Policy', policy).sendFile(`${files}/index.html`);
}

/** Built files carry a hash in their names and never change; the page that names them is asked anew. */
function cacheControl(path: string): string {
  const isHashed = /-[\w-]{8}\.(js|css)(\.br|\.gz)?$/.test(path);
  return isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache';
}
