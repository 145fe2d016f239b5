import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LIMITS } from '@support-chat/contracts';
import { LogController, type FastifyBaseLogger } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { pino } from 'pino';
import { AppModule, type AppResources } from './app.module';
import { SocketAdmission } from './chat';
import { AllowedMethods } from './platform/http/allowed-methods';
import { BodyValidationPipe } from './platform/http/body-validation.pipe';
import { readJsonBody } from './platform/http/json-body';
import { IdlePolls } from './platform/http/idle-polls';
import { setUpOpenApi } from './platform/http/open-api';
import { ProblemError } from './platform/http/problem.error';
import { RequestScope } from './platform/http/request-scope';
import { StopNotice } from './platform/http/stop-notice';
import { ProblemFilter } from './platform/http/problem.filter';
import { useSecurityHeaders } from './platform/http/security-headers';
import { honourRouteOptions } from './platform/http/route-options';
import { serveApps } from './platform/http/static-apps';
import { refuseUnreadable } from './platform/http/unreadable-request';
import { PinoLoggerService } from './platform/logging/pino-logger.service';
import { RequestLog } from './platform/logging/request-log';
import { Metrics } from './platform/metrics/metrics';
import { SocketAdapter } from './platform/socket/socket-adapter';

/** A client may name its request; anything but a short plain word is replaced. */
const REQUEST_ID = /^[\w-]{8,64}$/;

/**
 * Builds the whole API as it runs in production; tests use it too.
 * @param appsFolder `dist/apps` to serve the Angular apps from, or null for the API alone
 */
export async function createApp(
  resources: AppResources,
  appsFolder: string | null,
): Promise<NestFastifyApplication> {
  const { settings } = resources;
  const logger = pino({ level: settings.logLevel, base: null });
  const adapter = createAdapter(resources, logger);
  const allowedMethods = new AllowedMethods();
  const fastify = adapter.getInstance();
  allowedMethods.watch(fastify);
  const requestLog = new RequestLog(logger);
  requestLog.watch(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(resources),
    adapter,
    {
      abortOnError: false,
      bodyParser: false,
      logger: new PinoLoggerService(logger),
    },
  );
  app.get(RequestScope).watch(fastify);
  readBodies(app);
  honourRouteOptions(fastify);
  app.setGlobalPrefix('api', { exclude: ['health/{*path}', 'metrics'] });
  app.useGlobalPipes(new BodyValidationPipe());
  app.useGlobalFilters(new ProblemFilter(allowedMethods));
  useSecurityHeaders(app);
  if (settings.allowedOrigins.length > 0) allowOrigins(app, settings.allowedOrigins);
  closeConnectionsOnStop(app);
  watchAnswers(app, requestLog);
  await registerPlugins(app);
  openSockets(app);
  setUpOpenApi(app);
  if (appsFolder !== null) await serveApps(app, appsFolder);
  return app;
}

function createAdapter({ settings }: AppResources, logger: pino.Logger): FastifyAdapter {
  const adapter = new FastifyAdapter({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    // Nobody logs through the request, so none needs a logger of its own.
    childLoggerFactory: (parent: FastifyBaseLogger) => parent,
    skipMiddie: true,
    trustProxy: settings.trustedProxies.length > 0 ? [...settings.trustedProxies] : false,
    bodyLimit: LIMITS.jsonBodyBytes,
    // Slow senders, looked for every second: headers within 10 s, the whole request within 30 s.
    http: { headersTimeout: 9_000, connectionsCheckingInterval: 1_000 },
    requestTimeout: 29_000,
    keepAliveTimeout: 72_000,
    clientErrorHandler: refuseUnreadable,
    // What arrives on an open connection while stopping is still answered, and the connection closed.
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16_384 },
    genReqId: requestId,
    rewriteUrl: decodableUrl,
  });
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers({ 'X-Request-Id': request.id, 'Cache-Control': 'no-store' });
    done();
  });
  return adapter;
}

/** Those to idle polls too, which the framework never sees. */
function watchAnswers(app: NestFastifyApplication, requestLog: RequestLog): void {
  const fastify = app.getHttpAdapter().getInstance();
  const metrics = app.get(Metrics);
  metrics.watch(fastify);
  app.get(IdlePolls).standBefore(fastify, requestId, (answered) => {
    requestLog.note(answered);
    metrics.note(answered);
  });
}

async function registerPlugins(app: NestFastifyApplication): Promise<void> {
  await app.register(cookie);
  await app.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip'],
    globalDecompression: false,
  });
}

/** A proxy that keeps its connections sends no request into one that is about to be closed. */
function closeConnectionsOnStop(app: NestFastifyApplication): void {
  const notice = app.get(StopNotice);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (_, reply, done) => {
      if (notice.isGiven) void reply.header('Connection', 'close');
      done();
    });
}

function requestId({ headers }: IncomingMessage): string {
  const id = headers['x-request-id'];
  return typeof id === 'string' && REQUEST_ID.test(id) ? id : randomUUID();
}

/** An address that cannot be decoded names nothing; Fastify would answer it in its own words. */
function decodableUrl({ url = '/' }: { url?: string }): string {
  if (!url.includes('%')) return url;
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '');
    return url;
  } catch {
    return '/undecodable';
  }
}

/** JSON in strict UTF-8, and forms where a route takes them; anything else is 415. */
function readBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const charset = /;\s*charset="?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (!/^utf-?8$/i.test(charset ?? 'utf-8') || encoding.toLowerCase() !== 'identity') {
      done(new ProblemError('unsupported_media_type', 'Send plain UTF-8 JSON.'));
      return;
    }
    done(null, readJsonBody(body as Buffer));
  });
}

/** Only what is admitted leaves the way of ordinary requests. */
function openSockets(app: NestFastifyApplication): void {
  const server = app.getHttpServer();
  const admission = app.get(SocketAdmission);
  Object.assign(server, {
    shouldUpgradeCallback: (request: IncomingMessage) => admission.admits(request),
  });
  app.useWebSocketAdapter(new SocketAdapter(app, server));
}

function allowOrigins(app: NestFastifyApplication, origins: readonly string[]): void {
  app.enableCors({
    origin: [...origins],
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'If-None-Match',
      'If-Range',
      'Range',
      'X-App',
    ],
    exposedHeaders: [
      'Content-Disposition',
      'Content-Range',
      'ETag',
      'Idempotency-Replayed',
      'Retry-After',
      'X-Request-Id',
    ],
  });
}
