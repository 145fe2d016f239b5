import { Injectable } from '@nestjs/common';
import type { UserRole } from '@support-chat/contracts';
import { DataSource, type EntityManager, type Repository } from 'typeorm';
import { NewsBus } from '../../platform/bus/news-bus';
import { violatedUniqueKey } from '../../platform/database/pg-errors';
import { ProblemError } from '../../platform/http/problem.error';
import { RefreshTokenEntity } from '../refresh/refresh-token.entity';
import { SESSION_NEWS } from '../sessions/session.topic';
import { LastAdminError } from './last-admin.error';
import { PasswordHasher } from './password-hasher';
import { UserEntity } from './user.entity';
import { USER_NEWS } from './user.topic';

interface NewUser {
  email: string;
  name: string;
  password: string;
  role: UserRole;
  isDemo?: boolean;
}

/** Whoever changes the set of admins takes turns on this number. */
const ADMINS_LOCK = 7_351_846_021;

/**
 * The people who can sign in. Changes end or revise their sessions at once, everywhere. The last
 * active administrator stays: taking that one away fails with `LastAdminError`.
 */
@Injectable()
export class UserDirectory {
  private readonly users: Repository<UserEntity>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly bus: NewsBus,
    private readonly passwords: PasswordHasher,
  ) {
    this.users = dataSource.getRepository(UserEntity);
  }

  /** @param email compared without regard to case and surrounding white space */
  async findByEmail(email: string): Promise<UserEntity | null> {
    return this.users
      .createQueryBuilder('u')
      .where('lower(u.email) = lower(:email COLLATE "C")', { email: email.trim() })
      .getOne();
  }

  async listAdmins(): Promise<UserEntity[]> {
    return this.users.find({ where: { role: 'admin' }, order: { id: 'ASC' } });
  }

  /** Fails with `email_taken`. */
  async create({ email, name, password, role, isDemo = false }: NewUser): Promise<UserEntity> {
    const passwordHash = await this.passwords.hash(password);
    const user = this.users.create({ email: email.trim(), name, role, passwordHash, isDemo });
    try {
      await this.users.insert(user);
    } catch (error) {
      if (violatedUniqueKey(error) !== 'auth_user_email_key') throw error;
      throw new ProblemError(
        'email_taken',
        'There is an account with this e-mail address already.',
      );
    }
    return user;
  }

  /**
   * Makes sure that this administrator exists. One who does keeps their password; anybody else's
   * account with that address is taken over, since its password may be a stranger's.
   */
  async ensureAdmin({ email, password }: { email: string; password: string }): Promise<void> {
    const user = await this.findOrCreate({ email, name: 'Administrator', password, role: 'admin' });
    if (user.role !== 'admin') {
      await this.setPassword(user.id, password);
      await this.setActive(user.id, true);
      await this.setRole(user.id, 'admin');
    }
  }

  /** Ends every session of the user. */
  async setPassword(id: number, password: string): Promise<void> {
    const passwordHash = await this.passwords.hash(password);
    await this.change(id, { passwordHash }, { endSessions: true });
  }

  /** Disabling ends every session of the user. */
  async setActive(id: number, isActive: boolean): Promise<void> {
    await this.change(id, { isActive }, { endSessions: !isActive });
  }

  async setRole(id: number, role: UserRole): Promise<void> {
    await this.change(id, { role }, { endSessions: false });
  }

  /** Instances that start together may all find nobody; the first makes the account. */
  private async findOrCreate(user: NewUser): Promise<UserEntity> {
    const existing = await this.findByEmail(user.email);
    if (existing) return existing;
    try {
      return await this.create(user);
    } catch (error) {
      const rival = await this.findByEmail(user.email);
      if (!rival) throw error;
      return rival;
    }
  }

  private async change(
    id: number,
    changes: Partial<Pick<UserEntity, 'isActive' | 'role' | 'passwordHash'>>,
    { endSessions }: { endSessions: boolean },
  ): Promise<void> {
    const ended = await this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [ADMINS_LOCK]);
      const admins = await countAdmins(manager);
      const { affected } = await manager.update(UserEntity, { id }, changes);
      if (affected !== 1) throw ProblemError.notFound();
      if (admins > 0 && (await countAdmins(manager)) === 0) throw new LastAdminError();
      return endSessions ? endSessionsOf(manager, id) : [];
    });
    this.bus.tell(USER_NEWS, { id });
    for (const family of ended) this.bus.tell(SESSION_NEWS, { family, user_id: id });
  }
}

async function countAdmins(manager: EntityManager): Promise<number> {
  return manager.countBy(UserEntity, { role: 'admin', isActive: true });
}

async function endSessionsOf(manager: EntityManager, userId: number): Promise<string[]> {
  const result = await manager
    .createQueryBuilder()
    .update(RefreshTokenEntity)
    .set({ revokedAt: () => 'now()' })
    .where('user_id = :userId AND revoked_at IS NULL', { userId })
    .returning('family')
    .execute();
  const rows = result.raw as { family: string }[];
  return [...new Set(rows.map(({ family }) => family))];
}
