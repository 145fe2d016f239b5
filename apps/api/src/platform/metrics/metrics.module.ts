import { Module, type DynamicModule } from '@nestjs/common';
import type { Settings } from '../config/settings';
import { Metrics } from './metrics';
import { MetricsServer } from './metrics-server';
import { MetricsController } from './metrics.controller';

@Module({})
export class MetricsModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: MetricsModule,
      global: true,
      controllers: settings.publicMetrics ? [MetricsController] : [],
      providers: [Metrics, MetricsServer],
      exports: [Metrics],
    };
  }
}
