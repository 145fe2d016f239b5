import type { Caller } from '../../auth';

/** Owner or admin: the one rule of who may read and write a conversation. */
export function mayAccessConversation(caller: Caller, ownerId: number): boolean {
  return caller.role === 'admin' || caller.id === ownerId;
}

/** Of a conversation: its user, or all admins together. */
export const SIDES = ['user', 'admin'] as const;
export type Side = (typeof SIDES)[number];

/** Whose unread counts and marks a caller's calls are about. */
export function sideOf(caller: Caller): Side {
  return caller.role === 'admin' ? 'admin' : 'user';
}
