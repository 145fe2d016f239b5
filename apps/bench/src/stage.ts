import { Client } from 'pg';
import { checkConsistency, fill, withClient } from './data/fill';
import { findConversations, signIn, type People } from './data/people';
import { DEEP, FIRST_HEAVY, HEAVY_CONVERSATIONS, planSizes, type Sizes } from './data/sizes';
import type { Options } from './options';
import { ADMIN, ApiServer } from './system/api-server';
import type { DatabaseServer } from './system/database-server';

interface Running {
  api: ApiServer;
  client: Client;
  people: People;
  heavyConversations: number[];
  deepConversation: number;
}

/** One filled database, and the API on it. */
export class Stage {
  private running: Running | null = null;

  private constructor(
    readonly name: string,
    readonly sizes: Sizes,
    private address: string,
    private readonly databaseName: string,
    private readonly folder: string,
    private readonly apiNodeOptions: readonly string[],
  ) {}

  /** Makes and fills the database; the API itself brings the schema. */
  static async prepare(
    database: DatabaseServer,
    folder: string,
    messages: number,
    { conversations, activeUsers, apiNodeOptions }: Options,
  ): Promise<Stage> {
    const name = formatCount(messages);
    const databaseName = `bench_${messages}`;
    await database.create(databaseName);
    const sizes = planSizes(messages, conversations, activeUsers);
    const address = database.url(databaseName);
    const stage = new Stage(name, sizes, address, databaseName, folder, apiNodeOptions);
    const api = await stage.startApi();
    await api.stop();
    await fill(stage.databaseUrl, sizes, ADMIN.email);
    return stage;
  }

  get databaseUrl(): string {
    return this.address;
  }

  /** The embedded database has another port after each start. */
  moveTo(database: DatabaseServer): void {
    this.address = database.url(this.databaseName);
  }

  async startApi(
    options: { nodeOptions?: readonly string[]; workers?: number } = {},
  ): Promise<ApiServer> {
    const { databaseUrl, folder } = this;
    return ApiServer.start({ databaseUrl, folder, ...options });
  }

  /** Starts the API for the measurements and signs everyone in. */
  async open(): Promise<void> {
    const client = new Client(this.databaseUrl);
    await client.connect();
    try {
      const api = await this.startApi({ nodeOptions: this.apiNodeOptions });
      const [deepConversation = 0] = await findConversations(client, DEEP, 1);
      this.running = {
        api,
        client,
        people: await signIn(api.port, client, this.sizes),
        heavyConversations: await findConversations(client, FIRST_HEAVY, HEAVY_CONVERSATIONS),
        deepConversation,
      };
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  /** Lets go of the database; the API ends with all other programs. */
  async close(): Promise<void> {
    await this.running?.client.end();
    this.running = null;
  }

  get api(): ApiServer {
    return this.opened.api;
  }

  get people(): People {
    return this.opened.people;
  }

  get heavyConversations(): readonly number[] {
    return this.opened.heavyConversations;
  }

  get deepConversation(): number {
    return this.opened.deepConversation;
  }

  /** A connection to look at the database beside the API. */
  get client(): Client {
    return this.opened.client;
  }

  async checkConsistency(): Promise<void> {
    await withClient(this.databaseUrl, checkConsistency);
  }

  private get opened(): Running {
    if (!this.running) throw new Error('The stage is not open.');
    return this.running;
  }
}

/** 10000 as "10 k", 1000000 as "1 M". */
function formatCount(count: number): string {
  return count >= 1_000_000 ? `${count / 1_000_000} M` : `${count / 1000} k`;
}
