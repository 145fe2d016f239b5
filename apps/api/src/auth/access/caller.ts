import type { UserRole } from '@support-chat/contracts';
import type { FastifyRequest } from 'fastify';

/** Who is calling, as the database knows them now. */
export interface Caller {
  id: number;
  email: string;
  name: string;
  role: UserRole;
  createdAt: Date;
  /** The sign-in this call belongs to. */
  sessionFamily: string;
}

/** A request that `AccessGuard` let through; on public routes there is no `user`. */
export type CallerRequest = FastifyRequest & { user?: Caller };
