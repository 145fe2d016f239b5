import type { FastifyBaseLogger } from 'fastify';

/**
 * From now on, one fatal line says what ends this process because nobody caught it, and in the
 * course of which request. It ends all the same, with Node's own trace on standard error.
 */
export function logCrashes(
  logger: Pick<FastifyBaseLogger, 'fatal'>,
  requestId: () => string | undefined = () => undefined,
): void {
  process.on('uncaughtExceptionMonitor', (thrown: unknown, origin) => {
    const stack = thrown instanceof Error ? thrown.stack : undefined;
    logger.fatal({ request: requestId(), origin, stack }, `Nobody caught this: ${String(thrown)}`);
  });
}
