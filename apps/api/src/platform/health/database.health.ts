import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { DataSource } from 'typeorm';
import { inTime } from '../in-time';

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
    const isUp = await inTime<unknown>(this.dataSource.query('SELECT 1'), TIMEOUT_MS);
    return isUp ? indicator.up() : indicator.down();
  }

  /** Checked until it is true once: migrations are never taken back under a running instance. */
  async isMigrated(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('migrations');
    this.isSchemaCurrent ||= (await inTime(this.dataSource.showMigrations(), TIMEOUT_MS)) === false;
    return this.isSchemaCurrent ? indicator.up() : indicator.down();
  }
}
