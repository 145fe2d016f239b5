import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../../auth';
import { parsePathId } from '../../platform/http/path-id';
import { ProblemError } from '../../platform/http/problem.error';
import { mayAccessConversation } from './conversation-access.policy';
import { ConversationOwners } from './conversation-owners';

/** The conversation a route is about, once the guard has let its caller in. */
export interface AccessedConversation {
  id: number;
  ownerId: number;
}

export interface ConversationRequest extends FastifyRequest<{ Params: { id?: string } }> {
  user: Caller;
  conversation: AccessedConversation;
}

/**
 * Lets the owner and admins into the conversation of the path. For everyone else it does not exist:
 * absent and foreign give the same `not_found`.
 */
@Injectable()
export class ConversationAccessGuard implements CanActivate {
  constructor(private readonly owners: ConversationOwners) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<ConversationRequest>();
    const id = parsePathId(request.params.id);
    const known = this.owners.peek(id);
    if (known !== undefined) return this.admit(request, id, known);
    return this.owners.get(id).then((ownerId) => this.admit(request, id, ownerId));
  }

  private admit(request: ConversationRequest, id: number, ownerId: number): true {
    if (!mayAccessConversation(request.user, ownerId)) throw ProblemError.notFound();
    request.conversation = { id, ownerId };
    return true;
  }
}
