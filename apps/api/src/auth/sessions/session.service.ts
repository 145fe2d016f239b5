import { Injectable } from '@nestjs/common';
import { LIMITS, type RegisterBody, type Session } from '@support-chat/contracts';
import { Settings } from '../../platform/config/settings';
import { ProblemError } from '../../platform/http/problem.error';
import { AccessTokens } from '../access/access-tokens';
import { RefreshFamilies, type Grant } from '../refresh/refresh-families';
import { UserDirectory } from '../users/user-directory';
import type { UserEntity } from '../users/user.entity';

/** What the client is told, and what only its cookie holds. */
export interface OpenSession {
  session: Session;
  refreshToken: string;
}

/** Opens, renews and ends sessions. Null stands for a session that cannot be had. */
@Injectable()
export class SessionService {
  constructor(
    private readonly settings: Settings,
    private readonly users: UserDirectory,
    private readonly families: RefreshFamilies,
    private readonly tokens: AccessTokens,
  ) {}

  /** Fails with `registration_closed` or `email_taken`. Whoever registers is a student. */
  async register({ email, name, password }: RegisterBody): Promise<OpenSession | null> {
    if (!this.settings.registration) {
      throw new ProblemError('registration_closed', 'Ask your school for an account.');
    }
    return this.start(await this.users.create({ email, name, password, role: 'user' }));
  }

  /** @param user whose password was checked; one changed or disabled since gets no session */
  async start({ id, passwordHash }: UserEntity): Promise<OpenSession | null> {
    return this.open(await this.families.start(id, passwordHash));
  }

  async refresh(refreshToken: string): Promise<OpenSession | null> {
    return this.open(await this.families.rotate(refreshToken));
  }

  /** Ends the sessions of these refresh tokens, and that of the access token if it is good. */
  async logout(refreshTokens: readonly string[], accessToken: string | null): Promise<void> {
    for (const token of refreshTokens) await this.families.endByToken(token);
    const claims = accessToken === null ? 'invalid' : this.tokens.verify(accessToken);
    if (typeof claims === 'object') await this.families.end(claims.userId, claims.family);
  }

  private open(grant: Grant | null): OpenSession | null {
    if (!grant) return null;
    const { user, family, refreshToken } = grant;
    const session: Session = {
      access_token: this.tokens.issue(user.id, family),
      token_type: 'Bearer',
      expires_in: LIMITS.accessTokenSeconds,
      user,
    };
    return { session, refreshToken };
  }
}
