import { Child } from './child';
import { programs } from './programs';
import type { Server } from './server';

/** The ceiling: see `bare/main.ts`. */
export class BareServer implements Server {
  private constructor(
    private readonly child: Child,
    readonly port: number,
  ) {}

  static async start(databaseUrl: string, folder: string): Promise<BareServer> {
    const child = Child.start({
      command: [programs.bare],
      environment: { DATABASE_URL: databaseUrl },
      folder,
    });
    return new BareServer(child, Number(await child.waitForLine(/^ready (\d+)$/)));
  }

  get pid(): number {
    return this.child.pid;
  }

  async stop(): Promise<void> {
    await this.child.stop();
  }
}
