import { readEmail, readName } from '../account-rules';
import { choosePassword, PASSWORD_OPTION } from '../choose-password';
import type { Command } from '../command';
import { withUsers } from '../with-users';

export const createAdmin: Command = {
  name: 'create-admin',
  summary: 'Make an administrator',
  options: {
    email: { value: 'ADDRESS', help: 'What they sign in with' },
    name: { value: 'NAME', help: 'What students see' },
    password: PASSWORD_OPTION,
  },
  async run(context, options) {
    const { terminal } = context;
    const email = readEmail(options.requiredText('email'));
    const name = readName(options.requiredText('name'));
    const { password, isGenerated } = await choosePassword(options, terminal);
    await withUsers(context, async (users) =>
      users.create({ email, name, password, role: 'admin' }),
    );
    terminal.print(`${email} is an administrator now.`);
    if (isGenerated) terminal.print(`Password: ${password}`);
  },
};
