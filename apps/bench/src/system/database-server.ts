import { Client } from 'pg';
import { Child } from './child';
import { canReadProcesses, processTree, programName } from './processes';
import { programs } from './programs';

/** The product's own embedded PostgreSQL, with its own settings, in a folder of its own. */
export class DatabaseServer {
  private constructor(
    private readonly child: Child,
    private readonly address: string,
  ) {}

  static async start(folder: string): Promise<DatabaseServer> {
    const child = Child.start({
      command: [programs.database],
      environment: { DATA_DIR: folder },
      folder,
    });
    return new DatabaseServer(child, await child.waitForLine(/^ready (\S+)$/));
  }

  url(database: string): string {
    const url = new URL(this.address);
    url.pathname = `/${database}`;
    return url.href;
  }

  /** Makes an empty database. */
  async create(database: string): Promise<void> {
    const client = new Client(this.address);
    await client.connect();
    try {
      await client.query(`CREATE DATABASE ${database}`);
    } finally {
      await client.end();
    }
  }

  /** All processes of PostgreSQL, not those that started it. */
  pids(): number[] {
    if (!canReadProcesses) return [];
    return processTree(this.child.pid).filter((pid) => programName(pid) === 'postgres');
  }

  async stop(): Promise<void> {
    await this.child.stop();
  }
}
