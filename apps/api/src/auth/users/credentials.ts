import { Injectable } from '@nestjs/common';
import { PasswordHasher } from './password-hasher';
import { UserDirectory } from './user-directory';
import type { UserEntity } from './user.entity';

/** Checks an e-mail address and password, in the same time whatever is wrong with them. */
@Injectable()
export class Credentials {
  constructor(
    private readonly users: UserDirectory,
    private readonly passwords: PasswordHasher,
  ) {}

  /** Null for unknown, wrong and disabled alike. */
  async check(email: string, password: string): Promise<UserEntity | null> {
    const user = await this.users.findByEmail(email);
    const isMatch = await this.passwords.verify(user?.passwordHash ?? null, password);
    return isMatch && user?.isActive ? user : null;
  }
}
