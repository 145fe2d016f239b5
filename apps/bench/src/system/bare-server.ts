import { Child } from './child';
import { programs } from './programs';
import type { Server } from './server';

/** A ceiling: `bare/main.ts` for HTTP, `bare/relay.main.ts` for sockets. */
export class BareServer implements Server {
  private constructor(
    private readonly child: Child,
    readonly port: number,
  ) {}

  static async start(databaseUrl: string, folder: string): Promise<BareServer> {
    return BareServer.run(programs.bare, { DATABASE_URL: databaseUrl }, folder);
  }

  static async startRelay(folder: string): Promise<BareServer> {
    return BareServer.run(programs.relay, {}, folder);
  }

  private static async run(
    program: string,
    environment: Record<string, string>,
    folder: string,
  ): Promise<BareServer> {
    const child = Child.start({ command: [program], environment, folder });
    return new BareServer(child, Number(await child.waitForLine(/^ready (\d+)$/)));
  }

  pids(): number[] {
    return [this.child.pid];
  }

  async stop(): Promise<void> {
    await this.child.stop();
  }
}
