/** A fault that stops the start. Its message is one line for the operator; no stack is shown. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
