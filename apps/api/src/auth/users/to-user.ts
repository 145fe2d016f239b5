import type { User } from '@support-chat/contracts';
import type { UserEntity } from './user.entity';

/** The wire's view of a user: what a person may see of themselves. */
export function toUser({ id, email, name, role, createdAt }: UserEntity): User {
  return { id, email, name, role, created_at: createdAt.toISOString() };
}
