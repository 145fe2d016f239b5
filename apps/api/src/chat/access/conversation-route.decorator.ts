import {
  applyDecorators,
  createParamDecorator,
  UseGuards,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiNotFoundResponse, ApiParam } from '@nestjs/swagger';
import { Access } from '../../auth';
import type { AccessedConversation } from './conversation-access';
import { ConversationAccessGuard, type ConversationRequest } from './conversation-access.guard';

/** Marks a route below `conversations/:id` as open to the owner and to admins. */
export function ConversationRoute(): MethodDecorator & ClassDecorator {
  return applyDecorators(
    Access('any'),
    UseGuards(ConversationAccessGuard),
    ApiParam({ name: 'id', type: 'integer', description: 'Conversation id' }),
    ApiNotFoundResponse({ description: 'Absent, or not yours' }),
  );
}

/** The conversation that `ConversationAccessGuard` let the caller into. */
export const CurrentConversation = createParamDecorator(
  (_: unknown, context: ExecutionContext): AccessedConversation =>
    context.switchToHttp().getRequest<ConversationRequest>().conversation,
);
