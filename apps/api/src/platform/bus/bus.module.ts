import {
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { NewsBus } from './news-bus';
import { PostgresNewsBus } from './postgres-news-bus';

/** Provides the one `NewsBus` of this process, listening from start to stop. */
@Module({})
export class BusModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(private readonly bus: NewsBus) {}

  static forRoot(databaseUrl: string): DynamicModule {
    return {
      module: BusModule,
      global: true,
      providers: [{ provide: NewsBus, useFactory: () => new PostgresNewsBus(databaseUrl) }],
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
