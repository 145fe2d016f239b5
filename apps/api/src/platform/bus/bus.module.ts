import {
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Database } from '../database/database';
import { instanceNameOf } from '../database/instance-name';
import type { RedisConnection } from '../redis/redis-connection';
import { INSTALLATION, REDIS } from '../redis/redis.module';
import { NewsBus } from './news-bus';
import { PostgresTransport } from './postgres-transport';
import { RedisTransport } from './redis-transport';

const LAST_WRITES_MS = 1_000;

/** Provides the one `NewsBus` of this process, listening from start to stop. */
@Module({})
export class BusModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly bus: NewsBus,
    private readonly database: Database,
  ) {
    database.onUnknownOutcome(() => {
      bus.tellDoubt();
    });
  }

  static forRoot(databaseUrl: string): DynamicModule {
    const createBus = (
      dataSource: DataSource,
      redis: RedisConnection | null,
      installation: string,
      database: Database,
    ): NewsBus => {
      const instance = instanceNameOf(dataSource);
      // Always listened to: what other programs commit, the database itself tells.
      const postgres = new PostgresTransport(databaseUrl, instance);
      const isCommitting = async (): Promise<boolean> => database.isCommittingUnheard();
      if (redis === null) return new NewsBus(instance, [postgres], isCommitting);
      const transport = new RedisTransport(redis, `${installation}:news`);
      return new NewsBus(instance, [transport, postgres], isCommitting);
    };
    return {
      module: BusModule,
      global: true,
      providers: [
        {
          provide: NewsBus,
          useFactory: createBus,
          inject: [DataSource, REDIS, INSTALLATION, Database],
        },
      ],
      exports: [NewsBus],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.bus.start();
  }

  async onApplicationShutdown(): Promise<void> {
    // Requests that were cut off may still write; whatever is committed after the goodbye, all doubt.
    if (!(await this.database.hasWritten(LAST_WRITES_MS))) this.bus.tellDoubt();
    await this.bus.stop();
  }
}
