import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { DataSource } from 'typeorm';

const TIMEOUT_MS = 2_000;

/** Whether the database answers in time and has every migration of this version. */
@Injectable()
export class DatabaseHealth {
  private isSchemaCurrent = false;

  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly dataSource: DataSource,
  ) {}

  async isReachable(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('database');
    const isUp = await inTime<unknown>(this.dataSource.query('SELECT 1'));
    return isUp ? indicator.up() : indicator.down();
  }

  /** Checked until it is true once: migrations are never taken back under a running instance. */
  async isMigrated(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('migrations');
    this.isSchemaCurrent ||= (await inTime(this.dataSource.showMigrations())) === false;
    return this.isSchemaCurrent ? indicator.up() : indicator.down();
  }
}

/** The outcome, or null when it failed or took too long: a probe only needs to know that. */
async function inTime<T>(work: Promise<T>): Promise<T | null> {
  const timeout = new Promise<null>((resolve) => {
    setTimeout(() => {
      resolve(null);
    }, TIMEOUT_MS).unref();
  });
  return Promise.race([work.catch(() => null), timeout]);
}
