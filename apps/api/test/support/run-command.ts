import { runCli } from '../../src/cli/run-cli';
import { Terminal } from '../../src/cli/terminal';

export interface CommandOutcome {
  exitCode: number;
  printed: string;
  errors: string;
}

/** As `npm run chat -- …` with nobody at the terminal. */
export async function runCommandLine(
  args: string[],
  environment: Record<string, string>,
  appsFolder: string,
): Promise<CommandOutcome> {
  let printed = '';
  let errors = '';
  const terminal = new Terminal(
    { isTTY: false } as NodeJS.ReadStream,
    { write: (text: unknown) => Boolean((printed += String(text))) },
    { write: (text: unknown) => Boolean((errors += String(text))) },
  );
  const exitCode = await runCli(args, { environment, appsFolder, terminal });
  return { exitCode, printed, errors };
}
