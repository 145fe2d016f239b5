import { Module, type DynamicModule } from '@nestjs/common';
import { RedisConnection } from './redis-connection';

/** The connection to Redis, or null where there is none to be used. The bus starts and stops it. */
export const REDIS = Symbol('Redis');

@Module({})
export class RedisModule {
  static forRoot(redisUrl: string | null): DynamicModule {
    const redis = redisUrl === null ? null : new RedisConnection(redisUrl);
    return {
      module: RedisModule,
      global: true,
      providers: [{ provide: REDIS, useValue: redis }],
      exports: [REDIS],
    };
  }
}
