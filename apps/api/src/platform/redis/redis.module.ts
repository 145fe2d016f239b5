import { Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { installationPrefix } from './installation';
import { RedisConnection } from './redis-connection';

/** The connection to Redis, or null where there is none to be used. The bus starts and stops it. */
export const REDIS = Symbol('Redis');
/** Begins the name of all that this installation has in Redis. */
export const INSTALLATION = Symbol('Installation');

@Module({})
export class RedisModule {
  static forRoot(redisUrl: string | null): DynamicModule {
    const redis = redisUrl === null ? null : new RedisConnection(redisUrl);
    return {
      module: RedisModule,
      global: true,
      providers: [
        { provide: REDIS, useValue: redis },
        {
          provide: INSTALLATION,
          useFactory: async (dataSource: DataSource) =>
            redis === null ? '' : installationPrefix(dataSource),
          inject: [DataSource],
        },
      ],
      exports: [REDIS, INSTALLATION],
    };
  }
}
