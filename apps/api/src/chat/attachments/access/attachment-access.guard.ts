import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { bearerToken, Identities, tokenExpired, unauthenticated, type Caller } from '../../../auth';
import { parsePathId } from '../../../platform/http/path-id';
import { ProblemError } from '../../../platform/http/problem.error';
import type { AttachmentRow } from '../attachment.row';
import { AttachmentAccess } from './attachment-access';
import { AttachmentLinks } from './attachment-links';

export interface AttachmentRequest extends FastifyRequest<{
  Params: { id?: string };
  Querystring: { link?: unknown };
}> {
  user?: Caller;
  attachment: AttachmentRow;
}

/**
 * Lets a caller to the attachment of the path; for everyone else it does not exist. On routes open
 * to links it finds out itself who is calling: by the link if there is one, else by the token.
 */
@Injectable()
export class AttachmentAccessGuard implements CanActivate {
  constructor(
    private readonly access: AttachmentAccess,
    private readonly links: AttachmentLinks,
    private readonly identities: Identities,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AttachmentRequest>();
    request.user ??= await this.identify(request);
    request.attachment = await this.access.enter(request.user, parsePathId(request.params.id));
    return true;
  }

  private async identify(request: AttachmentRequest): Promise<Caller> {
    if ('link' in request.query) {
      const caller = await this.links.read(parsePathId(request.params.id), request.query.link);
      if (caller === null) throw ProblemError.notFound();
      return caller;
    }
    const token = bearerToken(request.raw);
    const identity = token === null ? 'invalid' : await this.identities.ofToken(token);
    if (identity === 'expired') throw tokenExpired();
    if (identity === 'invalid') throw unauthenticated();
    return identity.caller;
  }
}
