import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../../platform/http/problem.error';
import { TrustedOrigins } from '../../platform/http/trusted-origins';

/**
 * Refuses calls that another site's page makes a browser send, for routes where a cookie counts.
 * Programs that are no browser send neither header and pass.
 */
@Injectable()
export class SameSiteGuard implements CanActivate {
  constructor(private readonly origins: TrustedOrigins) {}

  canActivate(context: ExecutionContext): true {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (this.isWelcome(request)) return true;
    throw new ProblemError('forbidden', 'Another site may not do this for you.');
  }

  private isWelcome({ headers, host }: FastifyRequest): boolean {
    const { origin } = headers;
    if (origin !== undefined && this.origins.isNamed(origin)) return true;
    if (headers['sec-fetch-site'] === 'cross-site') return false;
    if (origin === undefined) return true;
    return this.origins.isWelcome(origin, host);
  }
}
