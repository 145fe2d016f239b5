import { Reflector } from '@nestjs/core';
import type { UserRole } from '@support-chat/contracts';

/** Who may call: anyone signed in, or only that role. */
export type AccessLevel = 'any' | UserRole;

/** Opens a route to signed-in callers. Marks of class and method add up: every one must permit. */
export const Access = Reflector.createDecorator<AccessLevel>({ key: 'access:role' });
