import { loadSettings } from '../platform/config/load-settings';
import { StartupError } from '../platform/startup-error';
import type { Command, CommandContext } from './command';
import { CommandError, type ExitCode } from './command-error';
import { CommandOptions } from './command-options';
import { COMMANDS } from './commands';
import { helpOn, helpOnAll } from './help';

interface CliEnvironment extends Omit<CommandContext, 'settings'> {
  environment: Readonly<Record<string, string | undefined>>;
}

/** Runs one command. @returns the exit code; faults that are not the operator's are thrown */
export async function runCli(args: readonly string[], host: CliEnvironment): Promise<ExitCode> {
  const { terminal } = host;
  const [name, ...rest] = args;
  if (name === undefined || ['help', '--help', '-h'].includes(name)) {
    terminal.print(helpOnAll(COMMANDS));
    return name === undefined ? 2 : 0;
  }
  try {
    await run(findCommand(name), rest, host);
    return 0;
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof StartupError)) throw error;
    terminal.printError(error.message);
    return error instanceof CommandError ? error.exitCode : 1;
  }
}

async function run(command: Command, args: string[], host: CliEnvironment): Promise<void> {
  const options = CommandOptions.parse(command, args);
  const { environment, appsFolder, terminal } = host;
  if (options.has('help')) {
    terminal.print(helpOn(command));
    return;
  }
  await command.run({ settings: loadSettings(environment), appsFolder, terminal }, options);
}

function findCommand(name: string): Command {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command) return command;
  throw new CommandError(`There is no command "${name}".\n\n${helpOnAll(COMMANDS)}`, 2);
}
