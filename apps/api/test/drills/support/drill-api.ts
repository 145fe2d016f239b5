import { ApiProcess } from '../../support/api-process';
import { statusOf } from '../../support/processes';
import { TEST_JWT_SECRET } from '../../support/test-app';
import { Chatter, type Target } from './chatter';
import type { Writer } from './sending-load';

const ADMIN = { email: 'admin@school.test', password: 'only-for-this-drill' };

/** The built API in a process of its own, which drills kill and start again. */
export class DrillApi implements Target {
  private process: ApiProcess | undefined;
  private readonly ended: ApiProcess[] = [];
  origin = '';

  private readonly settings: Record<string, string>;

  constructor(databaseUrl: string, settings: Record<string, string>) {
    this.settings = {
      DATABASE_URL: databaseUrl,
      JWT_SECRET: TEST_JWT_SECRET,
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'warn',
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      ...settings,
    };
  }

  get current(): ApiProcess {
    if (!this.process) throw new Error('The API was not started.');
    return this.process;
  }

  /** Starts it, and waits until it takes requests. */
  async start(): Promise<void> {
    if (this.process) this.ended.push(this.process);
    this.process = await ApiProcess.start(this.settings);
    this.origin = await this.process.origin();
  }

  /** SIGKILL: nothing can be said or stored any more. */
  async kill(): Promise<void> {
    this.current.kill('SIGKILL');
    await this.current.exited();
  }

  /** SIGTERM; gives the exit code. */
  async stop(): Promise<number | null> {
    this.current.kill('SIGTERM');
    return this.current.exited();
  }

  async admin(): Promise<Chatter> {
    return Chatter.login(this, ADMIN);
  }

  /** Students, each with a conversation of their own; one by one, as passwords are work. */
  async students(count: number): Promise<Writer[]> {
    const students: Writer[] = [];
    while (students.length < count) {
      const by = await Chatter.register(this, `Student ${students.length + 1}`);
      students.push({ by, conversationId: (await by.conversation()).id });
    }
    return students;
  }

  async health(probe: 'live' | 'ready'): Promise<number> {
    return (await fetch(`${this.origin}/health/${probe}`)).status;
  }

  /** One value of `/metrics`; needs `METRICS` to be on. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.origin}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  }

  /** Bytes of memory in use. */
  async memory(): Promise<number> {
    return 1024 * Number(await statusOf(this.current.pid, 'VmRSS'));
  }

  async dispose(): Promise<void> {
    for (const process of [...this.ended, this.process]) await process?.dispose();
  }
}
