import { choosePassword, PASSWORD_OPTION } from '../choose-password';
import type { Command } from '../command';
import { getByEmail, withUsers } from '../with-users';

export const setPassword: Command = {
  name: 'set-password',
  summary: 'Give an account a new password and end its sessions',
  options: {
    email: { value: 'ADDRESS', help: 'Whose' },
    password: PASSWORD_OPTION,
  },
  async run(context, options) {
    const { terminal } = context;
    const email = options.requiredText('email');
    const { password, isGenerated } = await choosePassword(options, terminal);
    await withUsers(context, async (users) => {
      const { id } = await getByEmail(users, email);
      await users.setPassword(id, password);
    });
    terminal.print(`${email} has a new password. All its sessions have ended.`);
    if (isGenerated) terminal.print(`Password: ${password}`);
  },
};
