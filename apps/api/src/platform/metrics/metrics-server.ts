import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Settings } from '../config/settings';
import { Metrics } from './metrics';
import { MetricsListener } from './metrics-listener';

/** `/metrics` on a port of its own (`METRICS_PORT`), away from the public one. */
@Injectable()
export class MetricsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly listener: MetricsListener | null;

  constructor({ host, metricsPort: port }: Settings, { registry }: Metrics) {
    this.listener =
      port === null
        ? null
        : new MetricsListener({ host, port }, async () => registry.metrics(), registry.contentType);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.listener?.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.listener?.stop();
  }
}
