import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Caller, CallerRequest } from './caller';

/** The caller of a route that is not public. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { user } = context.switchToHttp().getRequest<CallerRequest>();
  if (!user) throw new Error('A public route has no current user.');
  return user;
});
