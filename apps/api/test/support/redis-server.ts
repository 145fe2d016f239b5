import { freePort } from '@support-chat/test-servers';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually';

/** A Redis of the test's own on a free port; it can be stopped, killed and started again there. */
export class RedisServer {
  private server: ChildProcess | null = null;

  private constructor(
    readonly port: number,
    private readonly folder: string,
  ) {}

  /** @param isStarted false for one that is absent at first */
  static async create(isStarted = true): Promise<RedisServer> {
    const folder = await mkdtemp(join(tmpdir(), 'support-chat-redis-'));
    const redis = new RedisServer(await freePort(), folder);
    if (isStarted) await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const options = ['--save', '', '--appendonly', 'no', '--dir', this.folder];
    const server = spawn(
      'redis-server',
      ['--port', String(this.port), '--bind', '127.0.0.1', ...options],
      { stdio: 'ignore' },
    );
    const failed = once(server, 'error').then(([error]: unknown[]) => {
      throw new Error('These tests need redis-server in PATH (Debian: redis-server).', {
        cause: error,
      });
    });
    await Promise.race([once(server, 'spawn'), failed]);
    this.server = server;
    await eventually(async () => this.answer());
  }

  /** Ends it at once, as a crash does. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const { server } = this;
    this.server = null;
    if (server === null) return;
    server.kill(signal);
    await once(server, 'exit');
  }

  /** Its connections stay, and nobody answers on them. */
  freeze(): void {
    this.server?.kill('SIGSTOP');
  }

  thaw(): void {
    this.server?.kill('SIGCONT');
  }

  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async answer(): Promise<void> {
    const socket = connect(this.port, '127.0.0.1');
    try {
      await once(socket, 'connect');
    } finally {
      socket.destroy();
    }
  }
}
