import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { join } from 'node:path';
import { createApp } from './configure-app';
import type { Settings } from './platform/config/settings';
import { connectDatabase } from './platform/database/connect';
import { newInstanceName } from './platform/database/instance-name';
import { errorCode } from './platform/error-code';
import { RequestScope } from './platform/http/request-scope';
import { Jobs } from './platform/jobs/jobs';
import { logCrashes } from './platform/logging/log-crashes';
import { StartupError } from './platform/startup-error';
import type { Needs } from './prepare';
import type { Stopper } from './stopper';

/** The folder with the built apps, beside this bundle. */
const APPS_FOLDER = join(import.meta.dirname, '..');
/** Longer than any request needs, and well before the stop's own deadline. */
const DRAIN_MS = 8_000;

/** Serves on a prepared database. @returns the port it listens on */
export async function serve(
  { settings, databaseUrl, jwtSecret }: Needs & { settings: Settings },
  stopper: Stopper,
): Promise<number> {
  const dataSource = await connectDatabase(databaseUrl, {
    applicationName: newInstanceName(),
    poolSize: poolSizeFor(settings.workers),
  });
  stopper.add(async () => (dataSource.isInitialized ? dataSource.destroy() : undefined));
  const app = await createApp({ settings, dataSource, databaseUrl, jwtSecret }, APPS_FOLDER);
  stopper.add(async () => closeApp(app));
  const scope = app.get(RequestScope);
  logCrashes(app.getHttpAdapter().getInstance().log, () => scope.requestId);
  await listen(app, settings);
  // Nobody waits for jobs: requests are served meanwhile.
  void app.get(Jobs).start();
  const address = app.getHttpServer().address();
  return typeof address === 'object' && address ? address.port : settings.port;
}

/** The workers of one machine share what a database usually has room for: 100 connections. */
function poolSizeFor(workers: number): number {
  return Math.max(2, Math.min(12, Math.floor(60 / workers)));
}

/** Answers every request that has come in; a client that holds one up for too long is cut off. */
async function closeApp(app: NestFastifyApplication): Promise<void> {
  const { server } = app.getHttpAdapter().getInstance();
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, DRAIN_MS);
  await app.close().finally(() => {
    clearTimeout(cut);
  });
}

async function listen(app: NestFastifyApplication, { host, port }: Settings): Promise<void> {
  try {
    await app.init();
    await app.getHttpAdapter().getInstance().listen({ port, host });
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code === 'EADDRINUSE') {
      throw new StartupError(`Port ${port} on ${host} is taken. Set PORT to a free one.`);
    }
    if (['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(code)) {
      throw new StartupError(`Cannot listen on ${host} port ${port} (${code}).`);
    }
    throw error;
  }
}
