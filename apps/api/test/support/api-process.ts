import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const MAIN = resolve(import.meta.dirname, '../../../../dist/apps/api/main.js');

/** The built API in a process of its own, as operators run it. */
export class ApiProcess {
  private output = '';
  private readonly exit: Promise<number | null>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (bytes: Buffer) => (this.output += bytes.toString()));
    }
    this.exit = once(child, 'exit').then(([code]) => code as number | null);
  }

  /** Starts it with these settings and nothing else; `exited` or `origin` tell how that went. */
  static async start(settings: Record<string, string>): Promise<ApiProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'support-chat-process-'));
    const child = spawn(process.execPath, [MAIN], {
      cwd: folder,
      env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'info', ...settings },
    });
    return new ApiProcess(child, folder);
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Of the process itself, not of its workers. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  get said(): string {
    return this.output;
  }

  /** Where it listens, once it says so; fails when it ends before. */
  async origin(): Promise<string> {
    for (;;) {
      const origin = /Students\s+(http:\/\/[^/\s]+)\/contact/.exec(this.output)?.[1];
      if (origin !== undefined) return origin;
      if (this.hasEnded) throw new Error(`It ended: ${this.output}`);
      await new Promise((next) => setTimeout(next, 20));
    }
  }

  /** The exit code. */
  async exited(): Promise<number | null> {
    return this.exit;
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Ends it if it still runs, and removes its folder. */
  async dispose(): Promise<void> {
    if (!this.hasEnded) {
      this.child.kill('SIGTERM');
      await this.exit;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}
