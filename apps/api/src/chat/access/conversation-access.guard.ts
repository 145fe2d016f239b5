import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../../auth';
import { parsePathId } from '../../platform/http/path-id';
import { ConversationAccess, type AccessedConversation } from './conversation-access';

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
  constructor(private readonly access: ConversationAccess) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<ConversationRequest>();
    const entered = this.access.enter(request.user, parsePathId(request.params.id));
    if (entered instanceof Promise) {
      return entered.then((conversation) => admit(request, conversation));
    }
    return admit(request, entered);
  }
}

function admit(request: ConversationRequest, conversation: AccessedConversation): true {
  request.conversation = conversation;
  return true;
}
