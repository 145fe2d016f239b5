import type { Command } from '../command';
import { getByEmail, withUsers } from '../with-users';

export const enableUser: Command = {
  name: 'enable-user',
  summary: 'Let a disabled account sign in again',
  options: { email: { value: 'ADDRESS', help: 'Whose' } },
  async run(context, options) {
    const email = options.requiredText('email');
    await withUsers(context, async (users) => {
      const { id } = await getByEmail(users, email);
      await users.setActive(id, true);
    });
    context.terminal.print(`${email} may sign in.`);
  },
};
