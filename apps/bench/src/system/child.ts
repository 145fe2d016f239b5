import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const STOP_PATIENCE_MS = 30_000;

interface Program {
  /** The file for `node` and its arguments. */
  command: readonly string[];
  environment: Readonly<Record<string, string>>;
  /** Away from the checkout, so that nobody's `.env` is read. */
  folder: string;
  nodeOptions?: readonly string[];
}

/** Those still running, the newest last. */
const running = new Set<Child>();

/** Stops all programs, the newest first, so that the database goes last. */
export async function stopChildren(): Promise<void> {
  for (const child of [...running].reverse()) await child.stop();
}

/** A program of this workspace, run for the benchmark; its complaints go to our standard error. */
export class Child {
  private constructor(readonly process: ChildProcess & { stdout: Readable }) {}

  static start({ command, environment, folder, nodeOptions = [] }: Program): Child {
    const program = spawn(process.execPath, [...nodeOptions, ...command], {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const child = new Child(program);
    running.add(child);
    program.once('exit', () => running.delete(child));
    return child;
  }

  get pid(): number {
    const { pid } = this.process;
    if (pid === undefined) throw new Error('The program did not start.');
    return pid;
  }

  get hasEnded(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  /** The first group of the first line of output that matches. */
  async waitForLine(pattern: RegExp): Promise<string> {
    for await (const line of createInterface({ input: this.process.stdout })) {
      const found = pattern.exec(line)?.[1];
      if (found === undefined) continue;
      this.process.stdout.resume();
      return found;
    }
    throw new Error(`${this.process.spawnargs.join(' ')} ended before it was ready.`);
  }

  /** Orderly by the end of its input and SIGTERM; killed when it does not go. */
  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.process, 'exit');
    this.process.stdin?.end();
    this.process.kill('SIGTERM');
    const killer = setTimeout(() => this.process.kill('SIGKILL'), STOP_PATIENCE_MS);
    await ended;
    clearTimeout(killer);
  }
}
