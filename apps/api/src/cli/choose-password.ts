import { randomBytes } from 'node:crypto';
import { readPassword } from './account-rules';
import type { OptionDescription } from './command';
import type { CommandOptions } from './command-options';
import type { Terminal } from './terminal';

export const PASSWORD_OPTION: OptionDescription = {
  value: 'PASSWORD',
  help: 'Else asked for; left empty, or where nobody can answer, one is made and shown once',
};

interface ChosenPassword {
  password: string;
  isGenerated: boolean;
}

/** From the option, from whoever sits at the terminal, or made here. */
export async function choosePassword(
  options: CommandOptions,
  terminal: Terminal,
): Promise<ChosenPassword> {
  const given = options.text('password') ?? (await terminal.askSecret('Password: '));
  if (given !== null && given !== '') {
    return { password: readPassword(given), isGenerated: false };
  }
  return { password: randomBytes(15).toString('base64url'), isGenerated: true };
}
