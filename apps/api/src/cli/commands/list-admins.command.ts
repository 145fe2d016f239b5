import type { Command } from '../command';
import { withUsers } from '../with-users';

export const listAdmins: Command = {
  name: 'list-admins',
  summary: 'Show all administrators',
  options: {},
  async run(context) {
    const admins = await withUsers(context, async (users) => users.listAdmins());
    if (admins.length === 0) {
      context.terminal.print('There is no administrator. Make one with create-admin.');
    }
    for (const { email, name, isActive } of admins) {
      context.terminal.print(`${email}  ${name}${isActive ? '' : '  (disabled)'}`);
    }
  },
};
