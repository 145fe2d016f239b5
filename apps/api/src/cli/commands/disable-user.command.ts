import type { Command } from '../command';
import { getByEmail, withUsers } from '../with-users';

export const disableUser: Command = {
  name: 'disable-user',
  summary: 'End all sessions of an account and let it sign in no more',
  options: { email: { value: 'ADDRESS', help: 'Whose' } },
  async run(context, options) {
    const email = options.requiredText('email');
    await withUsers(context, async (users) => {
      const { id } = await getByEmail(users, email);
      await users.setActive(id, false);
    });
    context.terminal.print(`${email} is disabled.`);
  },
};
