import { Logger } from '@nestjs/common';
import type { RedisConnection } from '../redis/redis-connection';
import type { NewsTransport, TransportOwner } from './news-transport';

/** Redis' publish and subscribe, on one channel for all instances of an installation. */
export class RedisTransport implements NewsTransport {
  private readonly logger = new Logger(RedisTransport.name);

  constructor(
    private readonly redis: RedisConnection,
    private readonly channel: string,
  ) {}

  async start(owner: TransportOwner): Promise<void> {
    let isSubscribed = false;
    const hear = (payload: string): void => {
      owner.heard(payload);
    };
    const subscribe = async (): Promise<void> => {
      // The client itself subscribes again whenever it connects again.
      await this.redis.listener.subscribe(this.channel, hear);
      isSubscribed = true;
      owner.up();
    };
    this.redis.add({
      up: () => {
        if (isSubscribed) owner.up();
        // A link that broke in between is reported by `down`, and `up` follows.
        else
          subscribe().catch((error: unknown) => {
            this.logger.warn(`No news by Redis on ${this.channel}: ${String(error)}`);
          });
      },
      down: () => {
        owner.down();
      },
    });
    await this.redis.start();
  }

  async publish(payloads: readonly string[]): Promise<void> {
    const { commands } = this.redis;
    await Promise.all(payloads.map(async (payload) => commands.publish(this.channel, payload)));
  }

  async stop(): Promise<void> {
    this.redis.stop();
    await Promise.resolve();
  }
}
