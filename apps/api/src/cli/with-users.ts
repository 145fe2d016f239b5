import { LastAdminError, PasswordHasher, UserDirectory, type UserEntity } from '../auth';
import { LoneTransport } from '../platform/bus/lone-transport';
import { NewsBus } from '../platform/bus/news-bus';
import { ProblemError } from '../platform/http/problem.error';
import type { CommandContext } from './command';
import { CommandError } from './command-error';
import { withMigratedDatabase } from './with-database';

/** Works on the accounts; what the directory refuses becomes a `CommandError`. */
export async function withUsers<T>(
  { settings }: CommandContext,
  work: (users: UserDirectory) => Promise<T>,
): Promise<T> {
  return withMigratedDatabase(settings, async (dataSource) => {
    // Nobody listens in this process; the database's triggers tell running servers.
    const bus = new NewsBus('command line', [new LoneTransport('command line')]);
    const users = new UserDirectory(dataSource, bus, new PasswordHasher());
    try {
      return await work(users);
    } catch (error) {
      if (error instanceof LastAdminError) throw new CommandError(error.message);
      if (error instanceof ProblemError) throw new CommandError(error.detail);
      throw error;
    }
  });
}

/** The account with this address, or a `CommandError`. */
export async function getByEmail(users: UserDirectory, email: string): Promise<UserEntity> {
  const user = await users.findByEmail(email);
  if (!user) throw new CommandError(`There is no account ${email}.`);
  return user;
}
