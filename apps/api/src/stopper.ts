const DEADLINE_MS = 15_000;

/** Undoes the start in reverse order, so that the database stops last. */
export class Stopper {
  private readonly steps: (() => Promise<void>)[] = [];
  private stopping: Promise<void> | null = null;

  add(step: () => Promise<void>): void {
    this.steps.unshift(step);
  }

  /** Stops once, however often it is asked. Every step runs, also after one that failed. */
  async stop(): Promise<void> {
    this.stopping ??= this.runSteps();
    return this.stopping;
  }

  /** SIGTERM, Ctrl-C and the end of the parent lead to one orderly stop with exit code 0. */
  stopOnSignals(): void {
    const stopAndExit = (): void => {
      setTimeout(() => {
        process.stderr.write('Could not stop in time.\n');
        process.exit(1);
      }, DEADLINE_MS).unref();
      void this.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`Could not stop in order: ${String(error)}\n`);
          process.exit(1);
        },
      );
    };
    process.on('SIGTERM', stopAndExit);
    process.on('SIGINT', stopAndExit);
  }

  private async runSteps(): Promise<void> {
    const failures: unknown[] = [];
    // One that is added while others run still has its turn.
    for (let step = this.steps.shift(); step; step = this.steps.shift()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Some steps of the stop failed.');
  }
}
