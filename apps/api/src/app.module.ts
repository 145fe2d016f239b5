import { Module, type DynamicModule } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { AdminModule } from './admin/admin.module';
import { AuthModule } from './auth';
import { ChatModule } from './chat';
import { NotificationsModule } from './notifications';
import { BusModule } from './platform/bus/bus.module';
import { CacheModule } from './platform/cache/cache.module';
import type { Settings } from './platform/config/settings';
import { SettingsModule } from './platform/config/settings.module';
import { DatabaseModule } from './platform/database/database.module';
import { HealthModule } from './platform/health/health.module';
import { HttpModule } from './platform/http/http.module';
import { JobsModule } from './platform/jobs/jobs.module';
import { LimitsModule } from './platform/limits/limits.module';
import { MetricsModule } from './platform/metrics/metrics.module';
import { RedisModule } from './platform/redis/redis.module';
import { StorageModule } from './platform/storage/storage.module';

/** What must exist before the application can be built. */
export interface AppResources {
  settings: Settings;
  dataSource: DataSource;
  databaseUrl: string;
  /** Signs access tokens; at least 32 bytes. */
  jwtSecret: string;
}

@Module({})
export class AppModule {
  static forRoot({ settings, dataSource, databaseUrl, jwtSecret }: AppResources): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SettingsModule.forRoot(settings),
        DatabaseModule.forRoot(dataSource),
        RedisModule.forRoot(settings.redisUrl),
        LimitsModule,
        BusModule.forRoot(databaseUrl),
        CacheModule,
        MetricsModule.forRoot(settings),
        HttpModule,
        JobsModule.forRoot(databaseUrl),
        HealthModule,
        StorageModule,
        AuthModule.forRoot({ jwtSecret }),
        ChatModule,
        AdminModule,
        NotificationsModule,
      ],
    };
  }
}
