import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Settings } from '../../platform/config/settings';
import { ProblemError } from '../../platform/http/problem.error';

/**
 * Refuses calls that another site's page makes a browser send, for routes where a cookie counts.
 * Programs that are no browser send neither header and pass.
 */
@Injectable()
export class SameSiteGuard implements CanActivate {
  private readonly trustedOrigins: ReadonlySet<string>;

  constructor({ publicUrl, allowedOrigins }: Settings) {
    const own = publicUrl === null ? [] : [new URL(publicUrl).origin];
    this.trustedOrigins = new Set([...own, ...allowedOrigins]);
  }

  canActivate(context: ExecutionContext): true {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (this.isWelcome(request)) return true;
    throw new ProblemError('forbidden', 'Another site may not do this for you.');
  }

  private isWelcome({ headers, host }: FastifyRequest): boolean {
    const { origin } = headers;
    if (origin !== undefined && this.trustedOrigins.has(origin)) return true;
    if (headers['sec-fetch-site'] === 'cross-site') return false;
    if (origin === undefined) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }
}
