import { USER_ROLES, type UserRole } from '@support-chat/contracts';
import type { Command } from '../command';
import { CommandError } from '../command-error';
import { getByEmail, withUsers } from '../with-users';

export const setRole: Command = {
  name: 'set-role',
  summary: 'Make an account an administrator, or a student again',
  options: {
    email: { value: 'ADDRESS', help: 'Whose' },
    role: { value: Object.values(USER_ROLES).join('|'), help: 'It counts at once' },
  },
  async run(context, options) {
    const email = options.requiredText('email');
    const role = readRole(options.requiredText('role'));
    await withUsers(context, async (users) => {
      const { id } = await getByEmail(users, email);
      await users.setRole(id, role);
    });
    context.terminal.print(`${email} has the role ${role} now.`);
  },
};

function readRole(raw: string): UserRole {
  const role = Object.values(USER_ROLES).find((known) => known === raw);
  if (role) return role;
  throw new CommandError(`--role is one of: ${Object.values(USER_ROLES).join(', ')}.`, 2);
}
