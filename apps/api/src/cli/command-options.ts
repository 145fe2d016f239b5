import { parseArgs } from 'node:util';
import { errorCode } from '../platform/error-code';
import type { Command } from './command';
import { CommandError } from './command-error';
import { CALL } from './help';

/** What followed a command's name. */
export class CommandOptions {
  private constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    private readonly argument: string | undefined,
  ) {}

  /** Fails with exit code 2 for an option the command does not have, and for stray words. */
  static parse({ name, argument, options }: Command, args: readonly string[]): CommandOptions {
    const described = Object.entries(options).map(([option, { value }]) => {
      return [option, { type: value === undefined ? 'boolean' : 'string' }] as const;
    });
    try {
      const { values, positionals } = parseArgs({
        args: [...args],
        options: { ...Object.fromEntries(described), help: { type: 'boolean', short: 'h' } },
        strict: true,
        allowPositionals: argument !== undefined,
      });
      const [first, stray] = positionals;
      if (stray !== undefined) throw misuse(name, `Unexpected argument '${stray}'`);
      return new CommandOptions(values, first);
    } catch (error) {
      if (!errorCode(error)?.startsWith('ERR_PARSE_ARGS_')) throw error;
      const [fault = ''] = (error as Error).message.split('. ');
      throw misuse(name, fault);
    }
  }

  has(name: string): boolean {
    return this.values[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.values[name];
    return typeof value === 'string' ? value : undefined;
  }

  requiredText(name: string): string {
    const value = this.text(name);
    if (value === undefined || value === '') throw new CommandError(`--${name} is missing.`, 2);
    return value;
  }

  /** @param name what stands for it in the help */
  requiredArgument(name: string): string {
    if (this.argument === undefined || this.argument === '') {
      throw new CommandError(`${name} is missing.`, 2);
    }
    return this.argument;
  }
}

function misuse(command: string, fault: string): CommandError {
  return new CommandError(`${fault}.\nSee "${CALL} ${command} --help".`, 2);
}
