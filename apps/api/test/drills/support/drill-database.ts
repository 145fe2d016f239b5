import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../../src/platform/database/embedded';
import { eventually } from '../../support/eventually';
import { FaultProxy } from '../../support/fault-proxy';
import { serversOf } from '../../support/postgres-processes';
import { signalIfThere } from '../../support/processes';

/** A PostgreSQL of a drill's own, which may be killed, frozen or stopped without harm to others. */
export class DrillDatabase {
  private constructor(
    private readonly dataDir: string,
    private readonly proxy: FaultProxy,
    private server: EmbeddedPostgres,
  ) {}

  static async start(): Promise<DrillDatabase> {
    const dataDir = await mkdtemp(join(tmpdir(), 'support-chat-drill-'));
    await chmod(dataDir, 0o755);
    const server = await startServer(dataDir);
    return new DrillDatabase(dataDir, await FaultProxy.before(new URL(server.url)), server);
  }

  /** The address to use: it stays the same whatever happens to the server behind it. */
  get url(): string {
    const url = new URL(this.server.url);
    url.port = String(this.proxy.port);
    return url.href;
  }

  /** The same database for its superuser, who may set what the application may not. */
  get superuserUrl(): string {
    const url = new URL(this.url);
    url.username = 'postgres';
    return url.href;
  }

  /** SIGKILL to all of its processes. Whoever supervises it starts it again at once. */
  async kill(): Promise<void> {
    await this.signal('SIGKILL');
  }

  /** Nothing answers any more, though every connection stands. */
  async freeze(): Promise<void> {
    await this.signal('SIGSTOP');
  }

  async thaw(): Promise<void> {
    await this.signal('SIGCONT');
  }

  /** An orderly stop: its connections get 57P01, new ones are refused. */
  async stop(): Promise<void> {
    await this.server.stop();
  }

  /** After `stop`. */
  async startAgain(): Promise<void> {
    this.server = await startServer(this.dataDir);
    this.proxy.retarget(new URL(this.server.url));
  }

  async dispose(): Promise<void> {
    await this.proxy.close();
    await this.thaw();
    await this.server.stop();
    await eventually(async () => {
      if ((await serversOf(this.dataDir)).length > 0) throw new Error('PostgreSQL still runs.');
    }, 20_000);
    await rm(this.dataDir, { recursive: true });
  }

  private async signal(signal: NodeJS.Signals): Promise<void> {
    for (const pid of await serversOf(this.dataDir)) signalIfThere(pid, signal);
  }
}

async function startServer(dataDir: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, log: () => undefined });
}
