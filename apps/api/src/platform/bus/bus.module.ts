import {
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Database } from '../database/database';
import { instanceNameOf } from '../database/instance-name';
import { NewsBus } from './news-bus';
import { PostgresTransport } from './postgres-transport';

/** Provides the one `NewsBus` of this process, listening from start to stop. */
@Module({})
export class BusModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly bus: NewsBus,
    database: Database,
  ) {
    database.onUnknownOutcome(() => {
      bus.tellDoubt();
    });
  }

  static forRoot(databaseUrl: string): DynamicModule {
    const createBus = (dataSource: DataSource): NewsBus => {
      const instance = instanceNameOf(dataSource);
      return new NewsBus(instance, [new PostgresTransport(databaseUrl, instance)]);
    };
    return {
      module: BusModule,
      global: true,
      providers: [{ provide: NewsBus, useFactory: createBus, inject: [DataSource] }],
      exports: [NewsBus],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.bus.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.bus.stop();
  }
}
