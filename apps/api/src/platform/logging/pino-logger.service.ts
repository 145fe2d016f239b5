import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** What Nest says of every module and route at each start; only of interest when looking for a fault. */
const START_CONTEXTS = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
]);

/** Nest's own log lines as JSON of the same kind as the request lines. */
export class PinoLoggerService implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, context?: string): void {
    const name = plainName(context);
    const level = START_CONTEXTS.has(name ?? '') ? 'debug' : 'info';
    this.pino[level]({ context: name }, String(message));
  }

  error(message: unknown, ...rest: string[]): void {
    const context = plainName(rest.at(-1));
    const stack = rest.length > 1 ? rest[0] : undefined;
    this.pino.error({ context, stack }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.pino.warn({ context: plainName(context) }, String(message));
  }

  debug(message: unknown, context?: string): void {
    this.pino.debug({ context: plainName(context) }, String(message));
  }

  verbose(message: unknown, context?: string): void {
    this.pino.trace({ context: plainName(context) }, String(message));
  }
}

/** The bundle tells some classes from others of their name by an underscore. */
function plainName(context: string | undefined): string | undefined {
  return context?.replace(/^_/, '');
}
