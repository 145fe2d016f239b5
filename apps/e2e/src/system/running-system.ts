import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const WORKSPACE = resolve(import.meta.dirname, '../../../..');
/** The build of this workspace, or another one to be tried. */
const PROGRAM = process.env['E2E_PROGRAM'] ?? join(WORKSPACE, 'dist/apps/api/main.js');
/** The first start makes a database; a busy machine may take its time. */
const START_WITHIN_MS = 90_000;

export interface SignIn {
  email: string;
  password: string;
}

/**
 * The built system as an operator runs it: its own process, its own data folder, its own embedded
 * database, on a free port that stays the same over restarts.
 */
export class RunningSystem {
  private process: ChildProcess | null = null;
  private output = '';
  private port = 0;

  /** From the block that the start prints. */
  demoSignIns: { student: SignIn; admin: SignIn } | null = null;

  private constructor(
    private readonly dataDir: string,
    private readonly settings: Record<string, string>,
  ) {}

  /** @param settings further ones, as an operator sets them */
  static async create(settings: Record<string, string> = {}): Promise<RunningSystem> {
    const dataDir = await mkdtemp(join(tmpdir(), 'support-chat-e2e-'));
    const system = new RunningSystem(dataDir, settings);
    await system.start();
    return system;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [PROGRAM], {
      cwd: this.dataDir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        PORT: String(this.port),
        DATA_DIR: join(this.dataDir, 'data'),
        DEMO_DATA: 'on',
        RATE_LIMITS: 'off',
        LOG_LEVEL: 'warn',
        ...this.settings,
      },
    });
    this.process = child;
    this.output = '';
    child.stderr.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => (this.output += `${line}\n`));
    const timer = setTimeout(() => child.kill('SIGKILL'), START_WITHIN_MS);
    await this.untilReady(lines);
    clearTimeout(timer);
  }

  /** As Ctrl-C does, and waits until it is down. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** The process is gone without a word, as in a crash; its database stays. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Stops for good and leaves nothing behind. */
  async close(): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.process;
    this.process = null;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  private async untilReady(lines: AsyncIterable<string>): Promise<void> {
    const signIns = new Map<string, SignIn>();
    let isReady = false;
    for await (const line of lines) {
      const port = /^ {2}Students +http:\/\/[^:]+:(\d+)\//.exec(line)?.[1];
      if (port !== undefined) this.port = Number(port);
      const [, who, email, password] = /^ {2}(Student|Admin) +(\S+@\S+) +(\S+)$/.exec(line) ?? [];
      if (who !== undefined && email !== undefined && password !== undefined) {
        signIns.set(who, { email, password });
      }
      isReady = line.startsWith('Ctrl-C');
      if (isReady) break;
    }
    if (!isReady) throw new Error(`The system ended while starting:\n${this.output}`);
    const [student, admin] = [signIns.get('Student'), signIns.get('Admin')];
    if (student && admin) this.demoSignIns = { student, admin };
  }
}
