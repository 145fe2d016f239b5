import type { User } from '@support-chat/contracts';
import type { UserEntity } from './user.entity';

type Person = Pick<UserEntity, 'id' | 'email' | 'name' | 'role' | 'createdAt'>;

/** The wire's view of a user: what a person may see of themselves. */
export function toUser({ id, email, name, role, createdAt }: Person): User {
  return { id, email, name, role, created_at: createdAt.toISOString() };
}
