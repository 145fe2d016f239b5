/** Exit codes: 1 when a command could not do its work, 2 when it was called wrongly. */
export type ExitCode = 0 | 1 | 2;

/** A fault for the operator to mend. Its message is all that is shown. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    message: string,
    readonly exitCode: ExitCode = 1,
  ) {
    super(message);
  }
}
