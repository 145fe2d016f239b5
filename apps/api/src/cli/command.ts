import type { Settings } from '../platform/config/settings';
import type { CommandOptions } from './command-options';
import type { Terminal } from './terminal';

/** One option of a command, `--name VALUE` or, without `value`, `--name`. */
export interface OptionDescription {
  /** What stands for the value in the help. */
  value?: string;
  help: string;
}

export interface CommandContext {
  settings: Settings;
  terminal: Terminal;
  /** `dist/apps`. */
  appsFolder: string;
}

/** A word after `npm run chat --`. Fails with `CommandError`, and prints only what it did. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What stands in the help for the one word that follows the name, where one does. */
  readonly argument?: string;
  readonly options: Readonly<Record<string, OptionDescription>>;
  run(context: CommandContext, options: CommandOptions): Promise<void>;
}
