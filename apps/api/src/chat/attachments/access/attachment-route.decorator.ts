import {
  applyDecorators,
  createParamDecorator,
  UseGuards,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiBearerAuth, ApiNotFoundResponse, ApiParam, ApiSecurity } from '@nestjs/swagger';
import { Access, Public } from '../../../auth';
import type { AttachmentRow } from '../attachment.row';
import { AttachmentAccessGuard, type AttachmentRequest } from './attachment-access.guard';

/** Marks a route below `attachments/:id` as open to those who may see the attachment. */
export function AttachmentRoute(): MethodDecorator {
  return applyDecorators(Access('any'), guarded());
}

/** The same, and to whoever has a link: the guard decides instead of the one over all routes. */
export function LinkedAttachmentRoute(): MethodDecorator {
  return applyDecorators(Public(), guarded(), ApiBearerAuth(), ApiSecurity('link'));
}

function guarded(): MethodDecorator {
  return applyDecorators(
    UseGuards(AttachmentAccessGuard),
    ApiParam({ name: 'id', type: 'integer', description: 'Attachment id' }),
    ApiNotFoundResponse({ description: 'Absent, or not yours' }),
  );
}

/** The attachment that `AttachmentAccessGuard` let the caller to. */
export const CurrentAttachment = createParamDecorator(
  (_: unknown, context: ExecutionContext): AttachmentRow =>
    context.switchToHttp().getRequest<AttachmentRequest>().attachment,
);
