import { Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { Settings } from '../config/settings';

/** Time for one probe of a balancer that asks each second. */
const NOTICE_MS = 1_200;

/**
 * Once `/health/ready` says no, everything is served on for a moment: whoever balances the load has
 * looked elsewhere before the port closes, so no request arrives at a closing door. Whoever does not
 * ask is told with each answer to keep the connection no longer.
 */
@Injectable()
export class StopNotice implements OnModuleDestroy, BeforeApplicationShutdown {
  private given = false;

  constructor(private readonly settings: Settings) {}

  get isGiven(): boolean {
    return this.given;
  }

  onModuleDestroy(): void {
    this.given = true;
  }

  async beforeApplicationShutdown(): Promise<void> {
    // With the embedded database there is one machine, and nowhere else to look. Its workers are
    // given the address by their primary and wait all the same.
    if (this.settings.databaseUrl !== null) await delay(NOTICE_MS);
  }
}
