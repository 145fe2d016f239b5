import { Inject, Injectable } from '@nestjs/common';
import cluster from 'node:cluster';
import {
  RateLimiterCluster,
  RateLimiterMemory,
  RateLimiterRedis,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import { Settings } from '../config/settings';
import type { RedisConnection } from '../redis/redis-connection';
import { INSTALLATION, REDIS } from '../redis/redis.module';
import { Limiter } from './limiter';
import { PersonLimit } from './person-limit';

const PRIMARY_TIMEOUT_MS = 2_000;

export interface Limit {
  /** Unlike that of any other limit. */
  name: string;
  /** How many are allowed … */
  points: number;
  /** … in how many seconds. */
  duration: number;
  /** While Redis is away: let nobody pass, or let each process count on its own. */
  withoutStore: 'refuse' | 'count-alone';
}

/** Makes limits that count together: on all instances with Redis, else in all workers of this one. */
@Injectable()
export class Limiters {
  constructor(
    @Inject(REDIS) private readonly redis: RedisConnection | null,
    @Inject(INSTALLATION) private readonly installation: string,
    private readonly settings: Settings,
  ) {}

  create(limit: Limit): Limiter {
    return new Limiter(this.store(limit));
  }

  /** So many a minute of each person. @param excess as `PersonLimit` has it */
  ofPersons(name: string, points: number, excess: string): PersonLimit {
    const limiter = this.create({ name, points, duration: 60, withoutStore: 'count-alone' });
    return new PersonLimit(limiter, excess, this.settings.rateLimits);
  }

  private store({ name, points, duration, withoutStore }: Limit): RateLimiterAbstract {
    const options = { keyPrefix: name, points, duration };
    if (this.redis !== null) {
      const alone = withoutStore === 'count-alone' && new RateLimiterMemory(options);
      return new RateLimiterRedis({
        ...options,
        keyPrefix: `${this.installation}:limit:${name}`,
        storeClient: this.redis.commands,
        useRedisPackage: true,
        rejectIfRedisNotReady: true,
        ...(alone && { insuranceLimiter: alone }),
      });
    }
    if (!cluster.isWorker) return new RateLimiterMemory(options);
    return new RateLimiterCluster({ ...options, timeoutMs: PRIMARY_TIMEOUT_MS });
  }
}
