import { afterEach } from '@jest/globals';
import { FaultProxy } from '../../support/fault-proxy';
import { MailServer, PushService } from '@support-chat/test-servers';
import { createTestDatabase } from '../../support/test-database';
import { DrillApi } from './drill-api';
import { DrillDatabase } from './drill-database';
import { Balancer } from './balancer';
import type { Chatter, Target } from './chatter';
import { LiveReader, type Following } from './live-reader';
import { SendingLoad, type Writer } from './sending-load';
import { UpdatesReader } from './updates-reader';

/** What a drill works on; all of it is taken away after each test, the latest first. */
export class Stage {
  private readonly closing: (() => Promise<void> | void)[] = [];

  constructor() {
    afterEach(async () => {
      for (const close of this.closing.splice(0).reverse()) await close();
    });
  }

  /** A migrated database on the tests' common server. */
  async database(): Promise<string> {
    const database = await createTestDatabase();
    this.closing.push(async () => database.drop());
    return database.url;
  }

  /** A server of its own. */
  async ownDatabase(): Promise<DrillDatabase> {
    const database = await DrillDatabase.start();
    this.closing.push(async () => database.dispose());
    return database;
  }

  /** A running API, with further settings as an operator sets them. */
  async api(databaseUrl: string, settings: Record<string, string> = {}): Promise<DrillApi> {
    const api = new DrillApi(databaseUrl, settings);
    this.closing.push(async () => api.dispose());
    await api.start();
    return api;
  }

  async pushService(): Promise<PushService> {
    const service = await PushService.start();
    this.closing.push(async () => service.close());
    return service;
  }

  async mailServer(): Promise<MailServer> {
    const server = await MailServer.start();
    this.closing.push(async () => server.close());
    return server;
  }

  /** People who write until the load is stopped. */
  load(writers: readonly Writer[]): SendingLoad {
    const load = new SendingLoad(writers);
    this.closing.push(() => {
      load.abandon();
    });
    return load;
  }

  /** Somebody who reads until stopped. */
  reader(by: Chatter, conversationId: number): UpdatesReader {
    const reader = new UpdatesReader(by, conversationId);
    this.closing.push(() => {
      reader.abandon();
    });
    return reader;
  }

  /** Somebody who follows a conversation by socket until the test ends. */
  liveReader(following: Following): LiveReader {
    const reader = new LiveReader(following);
    this.closing.push(() => {
      reader.abandon();
    });
    return reader;
  }

  async balancer(instances: readonly Target[]): Promise<Balancer> {
    const balancer = await Balancer.before(instances);
    this.closing.push(async () => balancer.close());
    return balancer;
  }

  async proxy(before: string): Promise<FaultProxy> {
    const proxy = await FaultProxy.before(new URL(before));
    this.closing.push(async () => proxy.close());
    return proxy;
  }
}
